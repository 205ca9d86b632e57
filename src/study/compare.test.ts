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

  it("compares nothing with one arm", () => {
    expect(compareArms([none])).toEqual([]);
  });
});
