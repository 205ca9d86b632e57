/** @file Expected values: counted by hand. */
import { describe, expect, it } from "vitest";
import { sparsity, weightHistogram } from "./weights.js";

describe("sparsity", () => {
  it("counts exact zeros, of either sign, apart from near ones", () => {
    expect(sparsity([0, -0, 5e-4, -9e-4, 1e-3, 1, -1e-45])).toEqual({
      ...{ weights: 7, zeros: 2, nearZeros: 3, inactiveZeros: 0 },
    });
    expect(sparsity([0.05, 0], { threshold: 0.1 }).nearZeros).toBe(1);
  });
  it("counts the zeros of inputs that never change among the zeros, and apart", () => {
    const counts = sparsity([0, 0, 0, 2], { inactive: (index) => index < 2 });
    expect(counts).toMatchObject({ zeros: 3, inactiveZeros: 2 });
  });
  it("refuses the weights of a failed training", () => {
    expect(() => sparsity([1, NaN])).toThrow("got NaN at 1. Leave failed trainings out.");
  });
});

describe("weightHistogram", () => {
  it("loses no weight, the largest of either sign included", () => {
    const { edges, counts } = weightHistogram([-1, -0.2, 0, 0.2, 1], { bins: 3 });
    expect(edges).toEqual([-1, -1 / 3, 1 / 3, 1].map((edge) => expect.closeTo(edge, 15) as number));
    expect(counts).toEqual([1, 3, 1]);
  });
  it("takes a common reach, and refuses one that leaves weights out", () => {
    expect(weightHistogram([0.5], { bins: 2, reach: 2 }).counts).toEqual([0, 1]);
    expect(() => weightHistogram([3], { reach: 2 })).toThrow("got 2 and 3. Leave reach out");
  });
  it("has a range for weights that are all 0, and none for no weight", () => {
    expect(weightHistogram([0, 0], { bins: 3 })).toMatchObject({ counts: [0, 2, 0] });
    expect(() => weightHistogram([])).toThrow("got none");
  });
});
