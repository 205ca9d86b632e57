/** @file Expected values: stats_scipy.json (SciPy's BCa over all n^n resamples, and over 400,000 random ones). */
import { describe, expect, it } from "vitest";
import scipy from "../../test/fixtures/stats_scipy.json" with { type: "json" };
import { bcaInterval, bootstrapInterval } from "./bootstrap.js";

const zeros = (values: readonly number[]) => values.map(() => 0);

/** The means of all n^n resamples. */
function allMeans(values: readonly number[]): Float64Array {
  const size = values.length;
  const means = new Float64Array(size ** size);
  for (let code = 0; code < means.length; code++) {
    let rest = code;
    for (let draw = 0; draw < size; draw++) {
      means[code] += values[rest % size] / size;
      rest = Math.floor(rest / size);
    }
  }
  return means.sort();
}

describe("bcaInterval", () => {
  it.each(scipy.bca.enumerated)("over all resamples of $values equals SciPy's", (one) => {
    const sorted = allMeans(one.values);
    for (const { confidence, low, high } of one.intervals) {
      const interval = bcaInterval(one.values, { sorted, confidence });
      expect(interval[0]).toBeCloseTo(low, 10);
      expect(interval[1]).toBeCloseTo(high, 10);
    }
  });
});

describe("bootstrapInterval", () => {
  const { values, low, high, error } = scipy.bca.sampled;
  it("comes near SciPy's with 10,000 resamples of its own", () => {
    const interval = bootstrapInterval(values, zeros(values));
    // A 2.5 % quantile of 10,000 values is uncertain by about 2.7 sqrt(0.025 / 10,000) errors of the mean.
    const tolerance = 4 * 2.7 * Math.sqrt(0.025 / 1e4) * 10 * error;
    expect(Math.abs(interval[0] - low)).toBeLessThan(tolerance);
    expect(Math.abs(interval[1] - high)).toBeLessThan(tolerance);
  });
  it("is the same for the same seed, and another for another", () => {
    const interval = (seed: number) => bootstrapInterval(values, zeros(values), { seed });
    expect(interval(3)).toEqual(interval(3));
    expect(interval(3)).not.toEqual(interval(4));
  });
  it("has no width for equal arms, and is unknown for identical differences or one pair", () => {
    expect(bootstrapInterval([1, 2], [1, 2])).toEqual([0, 0]);
    expect(bootstrapInterval([0.4, 0.7, 1], [0.3, 0.6, 0.9])).toEqual([NaN, NaN]);
    expect(bootstrapInterval([1], [0])).toEqual([NaN, NaN]);
  });
  it("refuses too few resamples, and a confidence of 1", () => {
    expect(() => bootstrapInterval([1, 2], [0, 0], { resamples: 10 })).toThrow(
      "at least 100; got 10",
    );
    expect(() => bootstrapInterval([1, 2], [0, 0], { confidence: 1 })).toThrow("(0, 1); got 1");
  });
});
