/** @file Expected numbers: `paired_seeds` of golden_stats.json (SciPy); t intervals by hand. */
import { describe, expect, it } from "vitest";
import { comparePaired, compareWithBaseline } from "./compare.js";
import { resampledDifferences } from "./resampled.js";
import { twoStageDifferences } from "./twoStage.js";
import type { Metric } from "./verdict.js";

const accuracy: Metric = { name: "test accuracy", better: "higher", unit: "share" };
const loss: Metric = { name: "validation loss", better: "lower", unit: "plain" };

function compare(metric: Metric, arm: readonly number[], baseline: readonly number[]) {
  const bySeed = (values: readonly number[]) => new Map(values.map((value, seed) => [seed, value]));
  return comparePaired(metric, {
    arm: { name: "dropout=0.5", bySeed: bySeed(arm) },
    baseline: { name: "none", bySeed: bySeed(baseline) },
  });
}

describe("comparePaired", () => {
  const a = [0.9812, 0.982, 0.9807, 0.9825, 0.9816, 0.9819, 0.9811, 0.9823];
  const b = [0.9831, 0.9829, 0.9826, 0.9838, 0.9824, 0.9835, 0.9828, 0.9822];

  it("says a gain with the interval that supports it", () => {
    const result = compare(accuracy, b, a);
    expect(result.verdict).toBe("better");
    expect(result.difference).toBeCloseTo(0.00125, 15);
    expect(result.interval[0]).toBeCloseTo(0.00067424573, 11);
    expect(result.sentence).toBe(
      "dropout=0.5 has a higher test accuracy than none by 0.125 points " +
        "(95 % interval 0.067 to 0.183, 8 paired seeds).",
    );
  });
  it("says a lower loss in positive numbers, nearest end first", () => {
    const result = compare(loss, [0.05, 0.06, 0.055], [0.1, 0.095, 0.1]);
    expect(result.verdict).toBe("better");
    // Differences -0.05, -0.035, -0.045: mean -0.0433, sd 0.00764, reach 4.3027 sd / sqrt(3) = 0.019.
    expect(result.sentence).toBe(
      "dropout=0.5 has a lower validation loss than none by 0.043 " +
        "(95 % interval 0.024 to 0.062, 3 paired seeds).",
    );
    expect(compare(loss, [0.1, 0.095, 0.1], [0.05, 0.06, 0.055])).toMatchObject({
      verdict: "worse",
      sentence: expect.stringContaining(
        "has a higher validation loss than none by 0.043",
      ) as string,
    });
  });
  it("says no detectable difference with the differences that it cannot exclude", () => {
    // Differences +-0.01, 0.00: mean 0, sd 0.01, reach 4.3027 * 0.01 / sqrt(3) = 0.02484.
    const result = compare(accuracy, [0.98, 0.96, 0.97], [0.97, 0.97, 0.97]);
    expect(result.sentence).toBe(
      "No detectable difference in test accuracy between dropout=0.5 and none: 0.0 points " +
        "(95 % interval -2.5 to +2.5, 3 paired seeds).",
    );
  });
  it("finds no detectable difference between arms that agree bit for bit", () => {
    expect(compare(accuracy, a, a)).toMatchObject({
      interval: [0, 0],
      verdict: "no detectable difference",
      sentence:
        "No detectable difference in test accuracy between dropout=0.5 and none: " +
        "all 8 paired seeds agree exactly.",
    });
  });
  it("makes no claim from one or two seeds", () => {
    expect(compare(accuracy, [0.98], [0.975]).sentence).toBe(
      "Too few seeds to tell whether dropout=0.5 and none differ in test accuracy: " +
        "+0.50 points over 1 paired seed; a verdict needs 3 or more.",
    );
    expect(compare(loss, [0.05, 0.05], [0.1, 0.101]).verdict).toBe("too few seeds to tell");
  });
  it("makes no claim from identical differences, whose spread is unknown", () => {
    const result = compare(accuracy, [0.98, 0.97, 0.96], [0.975, 0.965, 0.955]);
    expect(result.verdict).toBe("too few seeds to tell");
    expect(result.sentence).toContain("all 3 paired seeds differ by the same +0.50 points");
  });
  it("pairs by seed, in whatever order they finished, and leaves the others out", () => {
    const result = comparePaired(loss, {
      arm: {
        name: "l2",
        bySeed: new Map([
          [9, 3],
          [4, 1],
          [7, 100],
        ]),
      },
      baseline: {
        name: "none",
        bySeed: new Map([
          [4, 2],
          [9, 5],
        ]),
      },
    });
    expect(result).toMatchObject({ pairs: 2, difference: -1.5 });
  });
  it("has nothing to say when no seed finished in both arms", () => {
    const result = compare(loss, [], [0.1]);
    expect(result.difference).toBeNaN();
    expect(result.sentence).toBe(
      "Too few seeds to tell whether dropout=0.5 and none differ in validation loss: " +
        "no seed finished in both arms.",
    );
  });
  it("refuses the loss of a failed trial", () => {
    expect(() => compare(loss, [NaN, 1], [1, 1])).toThrow("got NaN at position 0");
  });
});

describe("compareWithBaseline", () => {
  const bySeed = (values: readonly number[]) => new Map(values.map((value, seed) => [seed, value]));
  const baseline = { name: "none", bySeed: bySeed([0, 0, 0, 0]) };
  const arms = [
    // t = 49; t = 3.7 and p = 0.035; t = 0.
    { name: "clear", bySeed: bySeed([0.19, 0.2, 0.21, 0.2]) },
    { name: "doubtful", bySeed: bySeed([0.1, 0.2, 0.3, 0.1]) },
    { name: "idle", bySeed: bySeed([-0.1, 0.1, -0.1, 0.1]) },
  ];
  const metric: Metric = { name: "score", better: "higher", unit: "plain" };

  it("holds the arms to one error rate: what is a gain alone is none among three", () => {
    const alone = compareWithBaseline(metric, { baseline, arms: [arms[1]] })[0];
    expect(alone).toMatchObject({ verdict: "better", confidence: 0.95, comparisons: 1 });
    const [clear, doubtful, idle] = compareWithBaseline(metric, { baseline, arms });
    expect(clear.verdict).toBe("better");
    expect(clear.confidence).toBeCloseTo(1 - 0.05 / 3, 15);
    expect(doubtful.pValue).toBe(alone.pValue);
    expect(doubtful.adjustedPValue).toBeCloseTo(2 * alone.pValue, 15);
    expect(doubtful.verdict).toBe("no detectable difference");
    expect(doubtful.confidence).toBeCloseTo(0.975, 15);
    expect(idle).toMatchObject({ verdict: "no detectable difference", adjustedPValue: 1 });
  });
  it("says at which level and among how many", () => {
    const [clear, doubtful] = compareWithBaseline(metric, { baseline, arms });
    // Differences 0.19, 0.2, 0.21, 0.2: sd 0.0081650, t(0.99167, 3) = 4.8567, reach 0.0198.
    expect(clear.sentence).toBe(
      "clear has a higher score than none by 0.200 " +
        "(98.3 % interval 0.180 to 0.220, 4 paired seeds, one of 3 comparisons).",
    );
    expect(doubtful.sentence).toContain("(97.5 % interval -0.0");
  });
  it("agrees with its interval, whatever the verdict", () => {
    for (const { verdict, interval, adjustedPValue } of compareWithBaseline(metric, {
      baseline,
      arms,
    })) {
      const excludesZero = interval[0] > 0 || interval[1] < 0;
      expect(verdict === "better" || verdict === "worse").toBe(excludesZero);
      expect(adjustedPValue <= 0.05).toBe(excludesZero);
    }
  });
  it("counts arms of which nothing is known among the comparisons", () => {
    const unknown = { name: "failed", bySeed: new Map<number, number>() };
    const [first, failed] = compareWithBaseline(metric, { baseline, arms: [arms[1], unknown] });
    expect(first).toMatchObject({ verdict: "no detectable difference", comparisons: 2 });
    expect(failed).toMatchObject({ verdict: "too few seeds to tell", adjustedPValue: NaN });
  });
  it("takes its estimates from the rule by which the study was run", () => {
    const twoStage = compareWithBaseline(metric, {
      ...{ baseline, arms: [arms[1]] },
      estimate: (arm, base) => twoStageDifferences(arm, base, { pilot: 3 }),
    })[0];
    // The first three differ by 0.1, 0.2, 0.3: sd 0.1, t(0.975, 2) = 4.302653, n = 4.
    expect(twoStage.interval[1]).toBeCloseTo(0.175 + (4.302652729749462 * 0.1) / 2, 12);
    const folds = compareWithBaseline(metric, {
      ...{ baseline, arms: [arms[1]] },
      estimate: (arm, base) => resampledDifferences(arm, base, { testOverTrain: 1 / 3 }),
    })[0];
    expect(folds.verdict).toBe("no detectable difference");
  });
  it("has no comparison without arms", () => {
    expect(compareWithBaseline(metric, { baseline, arms: [] })).toEqual([]);
  });
});
