/** @file The metrics by which arms are compared, each read from a finished trial. */
import type { Metric } from "../stats/index.js";
import type { TrialResult } from "./results.js";

/** A metric at the end of training: of the weights that the test set is evaluated with. */
export interface TrialMetric extends Metric {
  /** Undefined for a trial without such a value. */
  readonly read: (trial: TrialResult) => number | undefined;
}

export const trialMetrics: readonly TrialMetric[] = [
  {
    name: "test accuracy",
    better: "higher",
    unit: "share",
    read: ({ final }) => final?.test.accuracy,
  },
  {
    name: "test loss",
    better: "lower",
    unit: "plain",
    read: ({ final }) => final?.test.loss,
  },
  {
    name: "validation accuracy",
    better: "higher",
    unit: "share",
    read: ({ final }) => final?.validation.accuracy,
  },
  {
    name: "validation loss",
    better: "lower",
    unit: "plain",
    read: ({ final }) => final?.validation.loss,
  },
  {
    // Clean, not running: accuracy with noise on hides the gap.
    name: "gap",
    better: "lower",
    unit: "share",
    read: ({ final }) => final && final.clean.accuracy - final.validation.accuracy,
  },
];

/** Whether a trial reached its end: only then was the test set evaluated. */
export const isFinished = ({ final }: TrialResult): boolean => final !== undefined;

/** The metric's values of an arm's finished trials, by seed; values that are not finite make no pair. */
export function valuesBySeed(
  { read }: TrialMetric,
  trials: readonly TrialResult[],
): Map<number, number> {
  const entries = trials.filter(isFinished).flatMap((trial): [number, number][] => {
    const value = read(trial);
    return value !== undefined && Number.isFinite(value) ? [[trial.seed, value]] : [];
  });
  return new Map(entries);
}
