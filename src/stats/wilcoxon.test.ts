/**
 * @file Expected values: golden_stats.json and stats_scipy.json (`scipy.stats.wilcoxon`; with ties, all sign
 * changes enumerated).
 */
import { describe, expect, it } from "vitest";
import { readGoldenStats } from "../../test/fixtures/goldenStats.js";
import scipy from "../../test/fixtures/stats_scipy.json" with { type: "json" };
import { signedRankTest } from "./wilcoxon.js";

describe("signedRankTest", () => {
  it("equals SciPy's exact test on the golden seeds", () => {
    const { a, b, wilcoxon_exact } = readGoldenStats().paired_seeds;
    const { statistic, pValue } = signedRankTest(b, a);
    expect(statistic).toBe(wilcoxon_exact.W);
    expect(pValue).toBeCloseTo(wilcoxon_exact.p, 15);
  });
  it.each(scipy.wilcoxon)("equals the reference: $method, statistic $statistic", (one) => {
    const { statistic, pValue, method } = signedRankTest(one.arm, one.baseline);
    expect(method).toBe(one.method);
    expect(statistic).toBe(one.statistic);
    expect(Math.abs(pValue / one.p - 1)).toBeLessThan(1e-11);
  });
  it("cannot fall below 2 / 2^n: five seeds claim nothing at 5 %", () => {
    expect(signedRankTest([1, 2, 3, 4, 5], [0, 0, 0, 0, 0]).pValue).toBe(2 / 32);
    expect(signedRankTest([1, 2, 3, 4, 5, 6], [0, 0, 0, 0, 0, 0]).pValue).toBe(2 / 64);
  });
  it("ties differences that rounding alone sets apart", () => {
    // 0.4 - 0.3 and 0.7 - 0.6 differ in the last bit. Two of three tied: rank sums 3 (1.5 + 1.5) and 3.
    const { statistic, used } = signedRankTest([0.4, 0.6, 1], [0.3, 0.7, 0.5]);
    expect(used).toBe(3);
    expect(statistic).toBe(1.5);
  });
  it("leaves zeros out, and has p 1 when nothing is left", () => {
    expect(signedRankTest([1, 2, 3], [1, 2, 3])).toEqual({
      ...{ statistic: 0, used: 0, method: "exact", pValue: 1 },
    });
    expect(signedRankTest([], []).pValue).toBe(1);
  });
});
