/** @file What an arm costs in time, beside what it reaches. */
import { mean } from "../stats/index.js";
import type { ArmResult, TrialResult } from "../study/index.js";
import { armLabel, baselineOf, finishedTrials } from "./metrics.js";
import { spread, summarizeArm, type Spread } from "./summary.js";

/** Over finished trials; NaN for an arm without any. */
export interface ArmCost {
  readonly name: string;
  /** For charts. */
  readonly label: string;
  /** Of one trial, with evaluations, in seconds. */
  readonly trial: Spread;
  /** Of one epoch's training steps, in seconds. */
  readonly epoch: number;
  readonly epochs: number;
  /** Median over seeds of the epoch with the lowest validation loss. */
  readonly bestEpoch: number;
  /** Training steps up to that epoch, in seconds. */
  readonly untilBest: number;
  /** A trial's mean time by the first arm's. */
  readonly relative: number;
  /** 1 - accuracy on the test set. */
  readonly testError: number;
}

const stepSeconds = ({ epochs }: TrialResult, last = epochs.length): number =>
  epochs.slice(0, last).reduce((sum, { seconds }) => sum + seconds, 0);

const trialSeconds = (arm: ArmResult): readonly number[] =>
  finishedTrials(arm).map(({ seconds }) => seconds);

function armCost(arm: ArmResult, baseline: ArmResult): ArmCost {
  const trials = finishedTrials(arm);
  const trial = spread(trialSeconds(arm));
  const epochs = trials.reduce((sum, one) => sum + one.epochs.length, 0);
  const { bestEpoch, test } = summarizeArm(arm);
  return {
    name: arm.name,
    label: armLabel(arm),
    trial,
    epoch: trials.reduce((sum, one) => sum + stepSeconds(one), 0) / epochs,
    epochs: epochs / trials.length,
    bestEpoch,
    untilBest: mean(trials.map((one) => stepSeconds(one, one.bestEpoch))),
    relative: trial.mean / mean(trialSeconds(baseline)),
    testError: 1 - test.accuracy.mean,
  };
}

/** In the study's order; times are relative to the first arm's of the same number of training rows. */
export const armCosts = (arms: readonly ArmResult[]): readonly ArmCost[] =>
  arms.map((arm) => armCost(arm, baselineOf(arm, arms)));
