/** @file With two degrees of freedom the t quantile has a closed form: (2p - 1) sqrt(2 / (1 - (2p - 1)^2)). */
import { describe, expect, it } from "vitest";
import { compareArms } from "./compare.js";
import type { ArmResult, EpochResult, Scores, TrialResult } from "./results.js";

function trial(seed: number, test: Scores, validation: Scores): TrialResult {
  const clean = { loss: 0.01, accuracy: 1 };
  const epoch: EpochResult = { epoch: 1, running: clean, clean, validation, seconds: 1 };
  return { seed, epochs: [epoch], final: { clean, validation, test }, bestEpoch: 1, seconds: 1 };
}

function arm(name: string, accuracies: readonly number[]): ArmResult {
  const trials = accuracies.map((accuracy, index) =>
    trial(index + 1, { loss: 1 - accuracy, accuracy }, { loss: 1 - accuracy, accuracy }),
  );
  return { name, arm: name, trainRows: 10, trials };
}

describe("compareArms", () => {
  const none = arm("none", [0.9, 0.91, 0.92]);
  const dropout = arm("dropout=0.5", [0.95, 0.97, 0.96]);

  it("compares every arm but the first with the first, on five metrics", () => {
    const names = compareArms([none, dropout, arm("dropout=0.2", [0.9, 0.9, 0.9])]).map(
      ({ arm, baseline, metric }) => `${arm} - ${baseline}: ${metric}`,
    );
    expect(names).toEqual([
      "dropout=0.5 - none: test accuracy",
      "dropout=0.5 - none: test loss",
      "dropout=0.5 - none: validation accuracy",
      "dropout=0.5 - none: validation loss",
      "dropout=0.5 - none: gap",
      "dropout=0.2 - none: test accuracy",
      "dropout=0.2 - none: test loss",
      "dropout=0.2 - none: validation accuracy",
      "dropout=0.2 - none: validation loss",
      "dropout=0.2 - none: gap",
    ]);
  });

  it("says better for more accuracy, less loss and a smaller gap, worse the other way round", () => {
    expect(compareArms([none, dropout]).map(({ verdict }) => verdict)).toEqual(
      Array(5).fill("better"),
    );
    expect(compareArms([dropout, none]).map(({ verdict }) => verdict)).toEqual(
      Array(5).fill("worse"),
    );
  });

  it("gives the mean of the paired differences with its t interval", () => {
    const [accuracy] = compareArms([none, dropout]);
    // Differences 0.05, 0.06, 0.04: mean 0.05, standard deviation 0.01.
    const reach = (0.95 * Math.sqrt(2 / (1 - 0.95 ** 2)) * 0.01) / Math.sqrt(3);
    expect(accuracy.difference).toBeCloseTo(0.05, 12);
    expect(accuracy.interval[0]).toBeCloseTo(0.05 - reach, 12);
    expect(accuracy.interval[1]).toBeCloseTo(0.05 + reach, 12);
    expect(accuracy.pairs).toBe(3);
  });

  it("pairs by seed and leaves out the seeds that failed in either arm", () => {
    const failure = { epoch: 1, step: 7, message: "The loss became NaN." };
    const failed = { seed: 2, epochs: none.trials[1].epochs, bestEpoch: 1, seconds: 1, failure };
    const trials = [dropout.trials[2], failed, dropout.trials[0]];
    const comparisons = compareArms([none, { ...dropout, trials }]);
    expect(comparisons.map(({ pairs }) => pairs)).toEqual([2, 2, 2, 2, 2]);
    const [accuracy] = comparisons;
    expect(accuracy.difference).toBeCloseTo(0.045, 12);
    expect(accuracy.verdict).toBe("too few seeds to tell");
  });

  it("has null for an interval that a single pair cannot give", () => {
    const [accuracy] = compareArms([arm("none", [0.9]), arm("dropout", [0.91])]);
    expect(accuracy.interval).toEqual([null, null]);
  });

  it("decides each arm at the level of Holm's procedure, so that two arms share 5 %", () => {
    // Differences of the second arm 0.01, 0.02, 0.03: t = 3.4641, p = 0.0742; of dropout p = 0.0131.
    const second = arm("l2", [0.91, 0.93, 0.95]);
    const [first] = compareArms([none, dropout, second]);
    const other = compareArms([none, dropout, second])[5];
    expect([first.arm, other.arm]).toEqual(["dropout=0.5", "l2"]);
    expect(first).toMatchObject({ comparisons: 2, confidence: 0.975, verdict: "better" });
    expect(other).toMatchObject({ comparisons: 2, confidence: 0.95 });
    expect(first.adjustedPValue).toBeCloseTo(2 * (first.pValue ?? NaN), 12);
    expect(other.adjustedPValue).toBeCloseTo(0.0742, 4);
    expect(other.verdict).toBe("no detectable difference");
  });

  it("compares arms with the first of the same number of training rows", () => {
    const sized = (base: ArmResult, trainRows: number): ArmResult => ({
      ...base,
      name: `${base.arm}, ${trainRows} rows`,
      trainRows,
    });
    const arms = [100, 200].flatMap((rows) => [sized(none, rows), sized(dropout, rows)]);
    const pairs = compareArms(arms).map((one) => `${one.arm} - ${one.baseline}`);
    expect([...new Set(pairs)]).toEqual([
      "dropout=0.5, 100 rows - none, 100 rows",
      "dropout=0.5, 200 rows - none, 200 rows",
    ]);
    expect(compareArms(arms).every(({ comparisons }) => comparisons === 1)).toBe(true);
  });

  it("stands other views beside the verdict: ranks, wins, effect size, seeds", () => {
    const [accuracy] = compareArms([none, dropout]);
    // All of three differences positive: p = 2 / 2^3; g = 5 J(2), J(2) = gamma(1) / gamma(1/2) = 0.5642.
    expect(accuracy.details).toMatchObject({
      wilcoxonPValue: 0.25,
      superiority: { probability: 1, wins: 3, ties: 0, losses: 0 },
    });
    expect(accuracy.details.effectSize).toBeCloseTo(5 / Math.sqrt(Math.PI), 9);
    // Half-width 0.02484; t(n - 1) 0.01 / sqrt(n) is 0.01591 at n = 4 and 0.01242 at n = 5.
    expect(accuracy.details.seedsForHalfTheWidth).toBe(5);
    expect(accuracy.details.bootstrap[0]).toBeGreaterThan(0.039);
  });

  it("has nulls, which JSON can hold, where no seed finished in both arms", () => {
    const [accuracy] = compareArms([none, { ...dropout, trials: [] }]);
    expect(JSON.parse(JSON.stringify(accuracy))).toEqual(accuracy);
    expect(accuracy.details).toEqual({
      ...{ bootstrap: [null, null], wilcoxonPValue: null, superiority: null },
      ...{ effectSize: null, seedsForHalfTheWidth: null },
    });
  });

  it("compares nothing with one arm", () => {
    expect(compareArms([none])).toEqual([]);
  });
});
