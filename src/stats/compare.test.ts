/** @file Expected numbers: `paired_seeds` of golden_stats.json (SciPy); t intervals by hand. */
import { describe, expect, it } from "vitest";
import { comparePaired } from "./compare.js";
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
