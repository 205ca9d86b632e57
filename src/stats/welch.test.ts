/** @file Expected values: golden_stats.json and stats_scipy.json (`scipy.stats.ttest_ind`, unequal variances). */
import { describe, expect, it } from "vitest";
import { readGoldenStats } from "../../test/fixtures/goldenStats.js";
import scipy from "../../test/fixtures/stats_scipy.json" with { type: "json" };
import { unpairedDifference } from "./welch.js";

describe("unpairedDifference", () => {
  it("equals SciPy's Welch test on the golden seeds", () => {
    const { a, b, welch } = readGoldenStats().paired_seeds;
    const { t, pValue } = unpairedDifference(b, a);
    expect(t).toBeCloseTo(welch.t, 10);
    expect(pValue).toBeCloseTo(welch.p, 12);
  });
  it.each(scipy.welch)("equals SciPy's, interval and degrees of freedom included", (one) => {
    const { t, pValue, degreesOfFreedom, interval } = unpairedDifference(one.a, one.b);
    expect(t).toBeCloseTo(one.t, 12);
    expect(pValue).toBeCloseTo(one.p, 12);
    expect(degreesOfFreedom).toBeCloseTo(one.df, 11);
    expect(interval[0]).toBeCloseTo(one.interval[0], 11);
    expect(interval[1]).toBeCloseTo(one.interval[1], 11);
  });
  it("knows no spread of groups that do not vary, unless they are equal", () => {
    expect(unpairedDifference([0.1, 0.1, 0.1], [0.2, 0.2])).toMatchObject({
      interval: [NaN, NaN],
      pValue: NaN,
    });
    expect(unpairedDifference([0.1, 0.1, 0.1], [0.1, 0.1])).toMatchObject({
      interval: [0, 0],
      pValue: 1,
    });
  });
  it("refuses a group without spread, and NaN", () => {
    expect(() => unpairedDifference([1], [1, 2])).toThrow(
      "unpairedDifference: each group must have at least 2 values; got 1. Train more seeds.",
    );
    expect(() => unpairedDifference([1, 2], [1, NaN])).toThrow("got NaN at position 1");
  });
});
