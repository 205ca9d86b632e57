/** @file Expected values: stats_scipy.json (Hedges' factor by math.lgamma); d_z by hand. */
import { describe, expect, it } from "vitest";
import scipy from "../../test/fixtures/stats_scipy.json" with { type: "json" };
import { hedgesFactor, pairedEffectSize } from "./effectSize.js";

describe("pairedEffectSize", () => {
  it.each(scipy.hedges)("takes Hedges' factor of $df degrees of freedom exactly", (one) => {
    expect(hedgesFactor(one.df)).toBeCloseTo(one.factor, 12);
  });
  it("is mean over sd of the differences, and less for few pairs", () => {
    // Differences 1, 2, 3: mean 2, sd 1; J(2) = 1 / sqrt(pi).
    const { cohensD, hedgesG } = pairedEffectSize([2, 4, 6], [1, 2, 3]);
    expect(cohensD).toBe(2);
    expect(hedgesG).toBeCloseTo(2 / Math.sqrt(Math.PI), 12);
  });
  it("is 0 for equal arms, and unknown for identical differences or one pair", () => {
    expect(pairedEffectSize([1, 2, 3], [1, 2, 3])).toEqual({ cohensD: 0, hedgesG: 0 });
    expect(pairedEffectSize([2, 3, 4], [1, 2, 3]).cohensD).toBeNaN();
    expect(pairedEffectSize([2], [1]).hedgesG).toBeNaN();
  });
});
