/** @file A number of trials against a strength or a size: mean, lowest and highest seed at each place. */
import { mean, standardDeviation } from "../stats/index.js";
import type { ArmResult, TrialResult } from "../study/index.js";
import { lossText, percent, plainNumber } from "./format.js";
import { finishedTrials } from "./metrics.js";
import { liveZeroShare } from "./pooledWeights.js";
import { generalizationGap } from "./summary.js";

export interface SeriesPoint {
  readonly x: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Of the mean; NaN for one seed. */
  readonly standardError: number;
  readonly seeds: number;
}

export type ReadTrial = (trial: TrialResult) => number | undefined;

/** How values of a trial are read and printed. Shares are read in percent. */
export interface TrialMeasure {
  readonly name: string;
  readonly read: ReadTrial;
  readonly print: (value: number) => string;
}

const inPercent = (share: number | undefined): number | undefined =>
  share === undefined ? undefined : 100 * share;
const printPercent = (value: number): string => percent(value / 100);

export const testLoss: TrialMeasure = {
  name: "test",
  read: ({ final }) => final?.test.loss,
  print: lossText,
};
export const validationLoss: TrialMeasure = {
  name: "validation",
  read: ({ final }) => final?.validation.loss,
  print: lossText,
};
export const testAccuracy: TrialMeasure = {
  name: "test",
  read: ({ final }) => inPercent(final?.test.accuracy),
  print: printPercent,
};
export const validationAccuracy: TrialMeasure = {
  name: "validation",
  read: ({ final }) => inPercent(final?.validation.accuracy),
  print: printPercent,
};
export const accuracyGap: TrialMeasure = {
  name: "gap",
  read: ({ final }) => final && inPercent(generalizationGap(final).accuracy),
  print: printPercent,
};
export const lossGap: TrialMeasure = {
  name: "gap",
  read: ({ final }) => final && generalizationGap(final).loss,
  print: lossText,
};
export const weightNorm: TrialMeasure = {
  name: "norm",
  read: ({ diagnostics }) => diagnostics?.weights.norm,
  print: plainNumber,
};
export const zeroShare: TrialMeasure = {
  name: "exact zeros",
  read: ({ diagnostics }) => inPercent(diagnostics && liveZeroShare(diagnostics.weights)),
  print: printPercent,
};

/** Over an arm's finished trials, without values that are not finite; undefined if none are left. */
export function seriesPoint(arm: ArmResult, x: number, read: ReadTrial): SeriesPoint | undefined {
  const values = finishedTrials(arm).flatMap((trial) => {
    const value = read(trial);
    return value !== undefined && Number.isFinite(value) ? [value] : [];
  });
  if (values.length === 0) return undefined;
  return {
    x,
    mean: mean(values),
    low: Math.min(...values),
    high: Math.max(...values),
    standardError: standardDeviation(values) / Math.sqrt(values.length),
    seeds: values.length,
  };
}
