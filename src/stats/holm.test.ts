/** @file Expected values: golden_stats.json, and the procedure by hand. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readGoldenStats } from "../../test/fixtures/goldenStats.js";
import { holm, holmAdjusted } from "./holm.js";

describe("holm", () => {
  it("adjusts as the golden numbers do", () => {
    const golden = readGoldenStats().holm;
    holmAdjusted(golden.p).forEach((p, i) => expect(p).toBeCloseTo(golden.adjusted[i], 15));
  });
  it("spends the error rate step by step, and no more after the first that fails", () => {
    // 0.004 <= 0.05 / 4; 0.016 <= 0.05 / 3; 0.03 > 0.05 / 2; 0.04 < 0.05 / 1, but is not reached.
    const divisors = holm([0.04, 0.004, 0.03, 0.016]).map(({ divisor }) => divisor);
    expect(divisors).toEqual([2, 4, 2, 3]);
  });
  it("leaves one comparison as it is", () => {
    expect(holm([0.03])).toEqual([{ adjusted: 0.03, divisor: 1 }]);
  });
  it("counts what is unknown among the comparisons, and never rejects it", () => {
    const decisions = holm([NaN, 0.02]);
    expect(decisions[0].adjusted).toBeNaN();
    expect(decisions[1]).toEqual({ adjusted: 0.04, divisor: 2 });
  });
  it("agrees with itself: adjusted p and the divisor's level decide alike", () => {
    const pValues = fc.array(fc.double({ min: 0, max: 0.2, noNaN: true }), { maxLength: 12 });
    const property = fc.property(pValues, (list) => {
      holm(list).forEach(({ adjusted, divisor }, i) => {
        // At the very edge the product and the quotient may round differently.
        if (Math.abs(adjusted - 0.05) < 1e-12) return;
        expect(list[i] <= 0.05 / divisor).toBe(adjusted <= 0.05);
      });
    });
    fc.assert(property, { seed: 3, numRuns: 500 });
  });
  it("refuses what is no probability", () => {
    expect(() => holm([1.2])).toThrow("holm: a p-value must be a number in [0, 1]; got 1.2.");
  });
});
