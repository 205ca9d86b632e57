/**
 * @file Expected values: golden_stats.json and stats_scipy.json (`scipy.stats.mannwhitneyu`; with ties, all
 * divisions of the pooled ranks enumerated).
 */
import { describe, expect, it } from "vitest";
import { readGoldenStats } from "../../test/fixtures/goldenStats.js";
import scipy from "../../test/fixtures/stats_scipy.json" with { type: "json" };
import { rankSumTest } from "./mannWhitney.js";

describe("rankSumTest", () => {
  it("equals the golden numbers, P(B > A) included", () => {
    // They hold a tie (0.9823 and 0.9822 do not tie; 0.9826 does within b), which SciPy's exact ignores.
    const { a, b, mann_whitney } = readGoldenStats().paired_seeds;
    const { u, superiority, cliffsDelta, pValue } = rankSumTest(b, a);
    expect(u).toBe(mann_whitney.U);
    expect(superiority).toBe(mann_whitney.P_b_gt_a);
    expect(cliffsDelta).toBe(2 * mann_whitney.P_b_gt_a - 1);
    expect(pValue).toBeCloseTo(mann_whitney.p, 12);
  });
  it.each(scipy.mann_whitney)("equals the reference: $method, U $u", (one) => {
    const { u, pValue, method } = rankSumTest(one.a, one.b);
    expect(method).toBe(one.method);
    expect(u).toBe(one.u);
    expect(Math.abs(pValue / one.p - 1)).toBeLessThan(1e-11);
  });
  it("gives the groups exchanged signs when they change places", () => {
    const { a, b } = scipy.mann_whitney[0];
    expect(rankSumTest(a, b).cliffsDelta).toBeCloseTo(-rankSumTest(b, a).cliffsDelta, 14);
    expect(rankSumTest(a, b).pValue).toBe(rankSumTest(b, a).pValue);
  });
  it("finds nothing in equal values, however many", () => {
    const ones = (count: number) => Array.from({ length: count }, () => 1);
    expect(rankSumTest(ones(4), ones(5))).toMatchObject({ superiority: 0.5, pValue: 1 });
    expect(rankSumTest(ones(40), ones(50))).toMatchObject({ method: "normal", pValue: 1 });
  });
  it("refuses an empty group", () => {
    expect(() => rankSumTest([], [1])).toThrow("got 0 and 1. Train more seeds.");
  });
});
