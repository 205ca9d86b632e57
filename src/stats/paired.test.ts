/** @file Expected values: golden_stats.json (SciPy 1.10.1, `scipy.stats.ttest_rel`). */
import { describe, expect, it } from "vitest";
import { readGoldenStats } from "../../test/fixtures/goldenStats.js";
import { randomStream } from "../util/index.js";
import { pairedDifferences } from "./paired.js";

const { a, b, mean_diff, sd_diff, paired_t, ci95 } = readGoldenStats().paired_seeds;
const DIGITS = 12;

describe("pairedDifferences", () => {
  it("equals SciPy's paired t test and its interval", () => {
    const paired = pairedDifferences(b, a);
    expect(paired.pairs).toBe(8);
    expect(paired.mean).toBeCloseTo(mean_diff, 15);
    expect(paired.sd).toBeCloseTo(sd_diff, 15);
    expect(paired.t).toBeCloseTo(paired_t.t, DIGITS);
    expect(paired.pValue).toBeCloseTo(paired_t.p, DIGITS);
    // SciPy 1.10.1 has t(0.975, 7) to 10 digits only; SciPy 1.17.1 and mpmath agree with us to 15.
    expect(paired.interval[0]).toBeCloseTo(ci95[0], DIGITS);
    expect(paired.interval[1]).toBeCloseTo(ci95[1], DIGITS);
    const reach = (2.364624251592785 * sd_diff) / Math.sqrt(8);
    expect(paired.interval[1]).toBeCloseTo(mean_diff + reach, 16);
  });
  it("changes only the sign when the arms are swapped", () => {
    const forward = pairedDifferences(b, a);
    const backward = pairedDifferences(a, b);
    expect(backward.mean).toBe(-forward.mean);
    expect(backward.interval).toEqual([-forward.interval[1], -forward.interval[0]]);
    expect(backward.pValue).toBe(forward.pValue);
  });
  it("gives [0, 0] and p = 1 when all differences are exactly 0", () => {
    const paired = pairedDifferences(a, a);
    expect(paired).toEqual({
      ...{ pairs: 8, mean: 0, sd: 0, standardError: 0, degreesOfFreedom: 7 },
      ...{ interval: [0, 0], t: 0, pValue: 1 },
    });
  });
  it("knows no interval for identical differences, even where rounding sets them apart", () => {
    // 0.4 - 0.3 = 0.10000000000000003, but 0.7 - 0.6 = 0.09999999999999998.
    const paired = pairedDifferences([0.4, 0.7, 1], [0.3, 0.6, 0.9]);
    expect(paired.mean).toBeCloseTo(0.1, 15);
    expect(paired.sd).toBe(0);
    expect(paired.interval).toEqual([NaN, NaN]);
    expect(paired.pValue).toBeNaN();
  });
  it("knows no interval for one pair, and no mean for none", () => {
    const one = pairedDifferences([0.5], [0.25]);
    expect(one).toEqual({
      ...{ pairs: 1, mean: 0.25, sd: NaN, standardError: NaN, degreesOfFreedom: NaN },
      ...{ interval: [NaN, NaN], t: NaN, pValue: NaN },
    });
    expect(pairedDifferences([], []).mean).toBeNaN();
  });
  it("refuses NaN and lists that are not pairs", () => {
    expect(() => pairedDifferences([1, NaN], [1, 2])).toThrow("got NaN at position 1");
    expect(() => pairedDifferences([1, 2], [1, -Infinity])).toThrow("got -Infinity at position 1");
    expect(() => pairedDifferences([1, 2], [1])).toThrow(
      "pairedDifferences: both arms must have one value for each seed; got 2 and 1. " +
        "Pair the values by seed first.",
    );
  });
  it("covers the true mean in 95 % of simulated studies", () => {
    const stream = randomStream(7, "coverage");
    const studies = 4000;
    let covered = 0;
    for (let study = 0; study < studies; study++) {
      const baseline = Array.from({ length: 4 }, () => stream.normal());
      const arm = baseline.map((value) => value + 0.3 + 0.1 * stream.normal());
      const [low, high] = pairedDifferences(arm, baseline).interval;
      if (low <= 0.3 && high >= 0.3) covered++;
    }
    // Four standard errors of a share of 0.95 over 4,000 studies: 4 sqrt(0.95 * 0.05 / 4000).
    expect(Math.abs(covered / studies - 0.95)).toBeLessThan(0.0138);
  });
});
