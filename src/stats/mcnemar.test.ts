/** @file Expected values: golden_stats.json (SciPy's chi-square and binomial tests). */
import { describe, expect, it } from "vitest";
import { readGoldenStats } from "../../test/fixtures/goldenStats.js";
import { mcNemarTest } from "./mcnemar.js";

describe("mcNemarTest", () => {
  it.each(readGoldenStats().mcnemar)("of $n01 against $n10 equals the golden numbers", (one) => {
    const { chiSquare, pValue, exactPValue } = mcNemarTest(one.n01, one.n10);
    expect(chiSquare).toBeCloseTo(one.chi2_cc, 13);
    expect(pValue).toBeCloseTo(one.p_chi2, 13);
    expect(exactPValue).toBeCloseTo(one.p_exact, 13);
  });
  it("finds nothing where the models agree", () => {
    expect(mcNemarTest(0, 0)).toEqual({ chiSquare: 0, pValue: 1, exactPValue: 1 });
  });
  it("refuses what is no count", () => {
    expect(() => mcNemarTest(1.5, 2)).toThrow("mcNemarTest: onlyArm must be a whole number");
  });
});
