/** @file Expected values: golden_stats.json (the formula of Nadeau and Bengio, SciPy's t distribution). */
import { describe, expect, it } from "vitest";
import { readGoldenStats } from "../../test/fixtures/goldenStats.js";
import { pairedDifferences } from "./paired.js";
import { resampledDifferences } from "./resampled.js";

const { a, b, nadeau_bengio } = readGoldenStats().paired_seeds;

describe("resampledDifferences", () => {
  it("equals the golden corrected t", () => {
    const testOverTrain = nadeau_bengio.test_over_train;
    const { t, pValue } = resampledDifferences(b, a, { testOverTrain });
    expect(t).toBeCloseTo(nadeau_bengio.t, 10);
    expect(pValue).toBeCloseTo(nadeau_bengio.p, 12);
  });
  it("is the plain t in the limit of a tiny test set, and wider before", () => {
    const plain = pairedDifferences(b, a);
    const tiny = resampledDifferences(b, a, { testOverTrain: 1e-12 });
    expect(tiny.t).toBeCloseTo(plain.t, 9);
    const [low, high] = resampledDifferences(b, a, { testOverTrain: 1 / 9 }).interval;
    expect(low).toBeLessThan(plain.interval[0]);
    expect(high).toBeGreaterThan(plain.interval[1]);
  });
  it("refuses a ratio of 0, which is a test set without rows", () => {
    expect(() => resampledDifferences(b, a, { testOverTrain: 0 })).toThrow(
      "resampledDifferences: testOverTrain must be a number greater than 0; got 0.",
    );
  });
});
