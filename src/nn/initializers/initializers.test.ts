/** @file Initializers against their formulas: limits of golden_torch.json, Keras' moments of golden_keras.json. */
import { describe, expect, it } from "vitest";
import { readFixture } from "../../../test/contract/fixtures.js";
import { randomStream } from "../../util/index.js";
import { fansOf } from "./define.js";
import { initializerNames, initializers } from "./list.js";

interface GoldenTorch {
  readonly init_limits: {
    readonly glorot_uniform: Readonly<Record<string, number>>;
    readonly he_normal_std: Readonly<Record<string, number>>;
  };
}
interface GoldenKeras {
  readonly glorot_784x512: { readonly std: number };
  readonly he_normal_784x512: { readonly target_std: number; readonly truncation: number };
}
const { glorot_uniform: limits } = readFixture<GoldenTorch>("golden_torch").init_limits;
const keras = readFixture<GoldenKeras>("golden_keras");

const draw = (name: keyof typeof initializers, shape: readonly number[]): Float32Array =>
  initializers[name].fill(shape, randomStream(1, `init/${name}`));
const largest = (values: Float32Array): number =>
  values.reduce((sofar, value) => Math.max(sofar, Math.abs(value)), 0);
const deviation = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

/** Relative to the standard error of a deviation of n draws, 1 / sqrt(2 n): five of them. */
const within = (n: number): number => 5 / Math.sqrt(2 * n);

describe("initializers", () => {
  it.each([
    ["784x512", [784, 512]],
    ["512x256", [512, 256]],
    ["256x10", [256, 10]],
    ["conv3x3_1to32", [3, 3, 1, 32]],
  ] as const)("glorotUniform fills its interval for %s and stays in it", (name, shape) => {
    const size = largest(draw("glorotUniform", shape));
    expect(size).toBeLessThanOrEqual(Math.fround(limits[name]));
    expect(size).toBeGreaterThan(0.97 * limits[name]);
  });

  it("glorotUniform has Keras' deviation", () => {
    const values = draw("glorotUniform", [784, 512]);
    expect(Math.abs(deviation(values) / keras.glorot_784x512.std - 1)).toBeLessThan(
      2 * within(values.length),
    );
  });

  it("heUniform stays within sqrt(6 / fanIn) and fills it", () => {
    const limit = Math.sqrt(6 / 784);
    const size = largest(draw("heUniform", [784, 64]));
    expect(size).toBeLessThanOrEqual(Math.fround(limit));
    expect(size).toBeGreaterThan(0.99 * limit);
  });

  it("heNormal has deviation sqrt(2 / fanIn) after truncation at two deviations, as Keras", () => {
    const values = draw("heNormal", [784, 512]);
    const { target_std: target, truncation } = keras.he_normal_784x512;
    expect(Math.abs(deviation(values) / target - 1)).toBeLessThan(within(values.length));
    expect(largest(values)).toBeLessThanOrEqual(truncation);
    expect(largest(values)).toBeGreaterThan(0.99 * truncation);
  });

  it("zeros gives zeros", () => {
    expect([...draw("zeros", [3])]).toEqual([0, 0, 0]);
  });

  it.each(initializerNames)("%s is named as in the list", (name) => {
    expect(initializers[name].name).toBe(name);
  });

  it("counts a receptive field into both fans, as Keras", () => {
    expect(fansOf([3, 3, 16, 32])).toEqual({ fanIn: 144, fanOut: 288 });
    expect(fansOf([784, 512])).toEqual({ fanIn: 784, fanOut: 512 });
  });
});
