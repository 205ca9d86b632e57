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

  // Keras' variance scaling: deviation sqrt(scale / fan), as in heNormal; limit sqrt(3 scale / fan).
  it.each([
    ["glorotNormal", Math.sqrt(2 / (784 + 512))],
    ["lecunNormal", Math.sqrt(1 / 784)],
  ] as const)("%s has its deviation after truncation at two deviations", (name, target) => {
    const values = draw(name, [784, 512]);
    const limit = (2 * target) / 0.8796256610342398;
    expect(Math.abs(deviation(values) / target - 1)).toBeLessThan(within(values.length));
    expect(largest(values)).toBeLessThanOrEqual(Math.fround(limit));
    expect(largest(values)).toBeGreaterThan(0.99 * limit);
  });

  // Keras' defaults: stddev 0.05, minval -0.05, maxval 0.05.
  it.each([
    ["lecunUniform", Math.sqrt(3 / 784)],
    ["randomUniform", 0.05],
  ] as const)("%s fills its interval and stays in it", (name, limit) => {
    const values = draw(name, [784, 64]);
    expect(largest(values)).toBeLessThanOrEqual(Math.fround(limit));
    expect(largest(values)).toBeGreaterThan(0.99 * limit);
    expect(Math.abs((deviation(values) * Math.sqrt(3)) / limit - 1)).toBeLessThan(
      within(values.length),
    );
  });

  it("randomNormal has deviation 0.05, and truncatedNormal draws again beyond 0.1", () => {
    const free = draw("randomNormal", [300, 300]);
    expect(Math.abs(deviation(free) / 0.05 - 1)).toBeLessThan(within(free.length));
    expect(largest(free)).toBeGreaterThan(0.15);
    const truncated = draw("truncatedNormal", [300, 300]);
    const target = 0.05 * 0.8796256610342398;
    expect(Math.abs(deviation(truncated) / target - 1)).toBeLessThan(within(truncated.length));
    expect(largest(truncated)).toBeLessThanOrEqual(Math.fround(0.1));
    expect(largest(truncated)).toBeGreaterThan(0.099);
  });

  it.each([[[20, 7]], [[7, 20]], [[3, 3, 2, 5]]])(
    "orthogonal gives %j orthonormal rows or columns, whichever are fewer",
    (shape) => {
      const values = draw("orthogonal", shape);
      const columns = shape.at(-1) ?? 1;
      const rows = values.length / columns;
      const at = (row: number, column: number): number => values[row * columns + column];
      const [count, length] = rows < columns ? [rows, columns] : [columns, rows];
      const vectors = Array.from({ length: count }, (_, i) =>
        Array.from({ length }, (_unused, j) => (rows < columns ? at(i, j) : at(j, i))),
      );
      vectors.forEach((a, i) => {
        vectors.forEach((b, j) => {
          const product = a.reduce((sum, value, k) => sum + value * b[k], 0);
          expect(product).toBeCloseTo(Number(i === j), 6);
        });
      });
    },
  );

  it("zeros gives zeros, ones gives ones", () => {
    expect([...draw("zeros", [3])]).toEqual([0, 0, 0]);
    expect([...draw("ones", [3])]).toEqual([1, 1, 1]);
  });

  it.each(initializerNames)("%s is named as in the list", (name) => {
    expect(initializers[name].name).toBe(name);
  });

  it("counts a receptive field into both fans, as Keras", () => {
    expect(fansOf([3, 3, 16, 32])).toEqual({ fanIn: 144, fanOut: 288 });
    expect(fansOf([784, 512])).toEqual({ fanIn: 784, fanOut: 512 });
    expect(fansOf([512])).toEqual({ fanIn: 512, fanOut: 512 });
  });
});
