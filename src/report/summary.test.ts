/** @file Expected numbers: by hand, from three trials with round scores. */
import { describe, expect, it } from "vitest";
import type { ArmResult, FinalScores, Scores, TrialResult } from "../study/index.js";
import { generalizationGap, meanInterval, summarizeArm, type Spread } from "./summary.js";

const scores = (loss: number, accuracy: number): Scores => ({ loss, accuracy });

function trial(seed: number, options: Partial<TrialResult> & { shift: number }): TrialResult {
  const { shift, ...rest } = options;
  const epoch = {
    epoch: 1,
    running: scores(9, 0),
    clean: scores(0.25 + shift, 0.75),
    validation: scores(0.5 + shift, 0.5 + shift),
    seconds: 1,
  };
  const epochs = [
    { ...epoch, clean: scores(8, 0) },
    { ...epoch, epoch: 2 },
  ];
  const { clean, validation } = epoch;
  const final = { clean, validation, test: scores(1, 0.5) };
  return { seed, epochs, final, bestEpoch: seed, seconds: 10 * seed, ...rest };
}

const arm: ArmResult = {
  name: "l2",
  arm: "l2",
  trainRows: 10,
  trials: [trial(1, { shift: 0 }), trial(2, { shift: 0.125 }), trial(6, { shift: 0.25 })],
};

describe("summarizeArm", () => {
  it("takes mean and sample standard deviation of the final scores over seeds", () => {
    const summary = summarizeArm(arm);
    expect(summary.validation.loss).toEqual({ mean: 0.625, sd: 0.125 });
    expect(summary.validation.accuracy).toEqual({ mean: 0.625, sd: 0.125 });
    expect(summary.cleanTrain.loss).toEqual({ mean: 0.375, sd: 0.125 });
    expect(summary.test.accuracy).toEqual({ mean: 0.5, sd: 0 });
    expect(summary.seconds.mean).toBe(30);
  });
  it("takes the gap from clean scores, positive when validation is worse", () => {
    expect(summarizeArm(arm).gap).toEqual({
      loss: { mean: 0.25, sd: 0 },
      accuracy: { mean: 0.125, sd: 0.125 },
    });
    expect(generalizationGap(arm.trials[0].epochs[1])).toEqual({ loss: 0.25, accuracy: 0.25 });
  });
  it("takes the median of the best epochs", () => expect(summarizeArm(arm).bestEpoch).toBe(2));
  it("leaves unfinished trials out of the means, and counts them", () => {
    const { seed, epochs, bestEpoch, seconds } = trial(3, { shift: 100 });
    const stopped = { seed, epochs, bestEpoch, seconds };
    const summary = summarizeArm({ ...arm, trials: [...arm.trials, stopped] });
    expect(summary).toEqual({ ...summarizeArm(arm), finished: 3, unfinished: 1 });
  });
  it("has no mean where a loss overflowed, rather than a mean of the others", () => {
    const overflowed = trial(7, { shift: 0 });
    const final = { ...overflowed.final, test: scores(Infinity, 0.1) } as FinalScores;
    const { test } = summarizeArm({ ...arm, trials: [...arm.trials, { ...overflowed, final }] });
    expect(test.loss.mean).toBeNaN();
    expect(test.accuracy.mean).toBe(0.4);
  });
  it("has no numbers for an arm without a finished trial", () => {
    const summary = summarizeArm({ ...arm, trials: [] });
    expect(summary.finished).toBe(0);
    expect(summary.test.loss.mean).toBeNaN();
    expect(summary.bestEpoch).toBeNaN();
  });
  it("knows no spread from one seed", () => {
    expect(summarizeArm({ ...arm, trials: arm.trials.slice(0, 1) }).test.loss.sd).toBeNaN();
  });
});

describe("meanInterval", () => {
  const SPREAD = Math.sqrt(3);
  const summary = {
    ...summarizeArm(arm),
    cleanTrain: { accuracy: { mean: 0.999, sd: 0.001 }, loss: { mean: 0.1, sd: 0.1 } },
    gap: { accuracy: { mean: 0.1, sd: 0.1 * SPREAD }, loss: { mean: 10, sd: SPREAD } },
  };
  it("of a difference is Student's: 4.303 standard errors to either side of the mean of three", () => {
    expect(meanInterval(summary, { measure: "gap", score: "loss" })).toEqual([
      expect.closeTo(10 - 4.302653, 5),
      expect.closeTo(14.302653, 5),
    ]);
    expect(meanInterval(summary, { measure: "gap", score: "accuracy" })?.[0]).toBeLessThan(0);
  });
  it("of an accuracy lies between 0 and 1, of a loss above 0, where Student's would not", () => {
    const [, high] = meanInterval(summary, { measure: "cleanTrain", score: "accuracy" }) ?? [];
    const [low] = meanInterval(summary, { measure: "cleanTrain", score: "loss" }) ?? [];
    expect(high).toBeLessThan(1);
    expect(high).toBeGreaterThan(0.9999);
    expect(low).toBeGreaterThan(0);
  });
  it("needs a spread, and of a loss a mean that is not negative", () => {
    const of = (spread: Spread) => ({ ...summary, test: { accuracy: spread, loss: spread } });
    for (const [spread, score] of [
      [{ mean: 0.5, sd: NaN }, "accuracy"],
      [{ mean: 0.5, sd: 0 }, "accuracy"],
      [{ mean: -1, sd: 0.1 }, "loss"],
    ] as const) {
      expect(meanInterval(of(spread), { measure: "test", score })).toBeUndefined();
    }
  });
});
