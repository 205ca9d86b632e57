/** @file Expected values: golden_stats.json and stats_scipy.json (`scipy.stats.binomtest`). */
import { describe, expect, it } from "vitest";
import { readGoldenStats } from "../../test/fixtures/goldenStats.js";
import scipy from "../../test/fixtures/stats_scipy.json" with { type: "json" };
import { fairCoinTest, wilsonInterval } from "./binomial.js";

const golden = readGoldenStats().wilson.map(({ k, n, ci95 }) => ({
  ...{ k, n, confidence: 0.95, interval: ci95 },
}));

describe("fairCoinTest", () => {
  it.each(scipy.binomial)("of $k in $n equals SciPy's exact test", ({ k, n, p }) => {
    expect(Math.abs(fairCoinTest(k, n) / p - 1)).toBeLessThan(1e-11);
    expect(fairCoinTest(n - k, n)).toBe(fairCoinTest(k, n));
  });
  it("of no toss is 1", () => expect(fairCoinTest(0, 0)).toBe(1));
});

describe("wilsonInterval", () => {
  it.each([...golden, ...scipy.wilson])("of $k in $n equals SciPy's", (one) => {
    const [low, high] = wilsonInterval(one.k, { trials: one.n, confidence: one.confidence });
    expect(low).toBeCloseTo(one.interval[0], 13);
    expect(high).toBeCloseTo(one.interval[1], 13);
  });
  it("touches 0 and 1 exactly, and keeps a width there", () => {
    expect(wilsonInterval(0, { trials: 5 })[0]).toBe(0);
    expect(wilsonInterval(5, { trials: 5 })[1]).toBe(1);
    expect(wilsonInterval(5, { trials: 5 })[0]).toBeLessThan(0.6);
  });
  it("refuses more successes than trials", () => {
    expect(() => wilsonInterval(6, { trials: 5 })).toThrow(
      "wilsonInterval: successes must be a number in [0, 5]; got 6.",
    );
  });
});
