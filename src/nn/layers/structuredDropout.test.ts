/** @file SpatialDropout2d and StochasticDepth: the contract of layers, and that they drop wholes. */
import { describe, expect, it } from "vitest";
import { describeLayer } from "../../../test/contract/describeLayer.js";
import { noisyOutput } from "../../../test/contract/noise.js";
import { buildNetwork } from "../network.js";
import { nameLayers } from "../wiring.js";
import { spatialDropout2d } from "./spatialDropout2d.js";
import { stochasticDepth } from "./stochasticDepth.js";

describeLayer("spatialDropout2d", {
  make: spatialDropout2d,
  random: true,
  off: spatialDropout2d({ rate: 0 }),
  examples: [0.2, 0.5].map((rate) => ({
    spec: spatialDropout2d({ rate }),
    inputShape: [2, 3, 20],
  })),
  sentences: [
    [{ rate: 1 }, "SpatialDropout2d: rate must be a number in [0, 1); got 1. Use rate 0"],
    [{ rate: 1e-6 }, "SpatialDropout2d: rate must be 0 or lie in [0.00001, 0.99999]"],
  ],
});

describeLayer("stochasticDepth", {
  make: stochasticDepth,
  random: true,
  off: stochasticDepth({ rate: 0 }),
  examples: [{ spec: stochasticDepth({ rate: 0.5 }), inputShape: [2, 3] }],
  sentences: [
    [{ rate: 1 }, "StochasticDepth: rate must be a number in [0, 1); got 1. Use rate 0"],
    [{ rate: 1e-6 }, "StochasticDepth: rate must be 0 or lie in [0.00001, 0.99999]"],
  ],
});

/** The values that each group of neighbours holds; groups have `size` elements, `stride` apart. */
function groupsOf(y: Float64Array, groups: number, member: (group: number) => number[]) {
  return Array.from({ length: groups }, (_, group) => new Set(member(group).map((i) => y[i])));
}

const expectShare = (dropped: number, n: number, rate: number): void => {
  expect(Math.abs(dropped / n - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / n));
};

describe("spatialDropout2d", () => {
  it.each([0.2, 0.7])("drops or keeps all pixels of a channel together, at rate %d", (rate) => {
    const [rows, pixels, channels] = [50, 6, 40];
    const ones = new Float64Array(rows * pixels * channels).fill(1);
    const y = noisyOutput(spatialDropout2d({ rate }), [rows, 2, 3, channels], ones);
    const groups = groupsOf(y, rows * channels, (group) => {
      const start = Math.floor(group / channels) * pixels * channels + (group % channels);
      return Array.from({ length: pixels }, (_, pixel) => start + pixel * channels);
    });
    expect(groups.every((values) => values.size === 1)).toBe(true);
    expect(new Set(y)).toEqual(new Set([0, 1 / (1 - rate)]));
    expectShare(groups.filter((values) => values.has(0)).length, rows * channels, rate);
  });

  it("refuses rows that are no images", () => {
    expect(() => buildNetwork(nameLayers([spatialDropout2d()]), [4])).toThrow(
      "spatialDropout2d_1: a row of its input must have 3 axes; got [4].",
    );
  });
});

describe("stochasticDepth", () => {
  it.each([0.2, 0.7])("drops or keeps a row as a whole, at rate %d", (rate) => {
    const [rows, size] = [2000, 6];
    const ones = new Float64Array(rows * size).fill(1);
    const y = noisyOutput(stochasticDepth({ rate }), [rows, 2, 3], ones);
    const groups = groupsOf(y, rows, (row) =>
      Array.from({ length: size }, (_, i) => row * size + i),
    );
    expect(groups.every((values) => values.size === 1)).toBe(true);
    expect(new Set(y)).toEqual(new Set([0, 1 / (1 - rate)]));
    expectShare(groups.filter((values) => values.has(0)).length, rows, rate);
  });
});
