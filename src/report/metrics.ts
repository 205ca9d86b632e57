/** @file The trials and the values that the report's means and differences are made of. */
import type { Metric } from "../stats/index.js";
import {
  isFinished,
  trialMetrics,
  valuesBySeed,
  type ArmResult,
  type Comparison,
  type StudyResult,
  type TrialResult,
} from "../study/index.js";
import { plainNumber } from "./format.js";

/** The metric of that name; undefined for one that this version cannot read from trials. */
export const metricNamed = (name: string): Metric | undefined =>
  trialMetrics.find((metric) => metric.name === name);

/** The trials that every mean of the report is taken over. */
export const finishedTrials = ({ trials }: ArmResult): readonly TrialResult[] =>
  trials.filter(isFinished);

/** The arm that an arm is compared with: the first of the same number of training rows. */
export const baselineOf = (arm: ArmResult, arms: readonly ArmResult[]): ArmResult =>
  arms.find(({ trainRows }) => trainRows === arm.trainRows) ?? arm;

/** A name that fits a chart: of several sizes with the rows in thousands, "dropout=0.5 54k". */
export function armLabel({ name, arm, trainRows }: ArmResult): string {
  if (name === arm) return name;
  return `${arm} ${trainRows < 1000 ? trainRows : `${plainNumber(trainRows / 1000)}k`}`;
}

export interface SeedDifference {
  readonly seed: number;
  /** `arm - baseline`. */
  readonly difference: number;
}

/** The differences whose mean a comparison states, seed by seed; none for an unknown metric. */
export function seedDifferences(
  { arms }: StudyResult,
  comparison: Comparison,
): readonly SeedDifference[] {
  const metric = trialMetrics.find(({ name }) => name === comparison.metric);
  if (metric === undefined) return [];
  const [arm, baseline] = [comparison.arm, comparison.baseline].map((wanted) =>
    valuesBySeed(metric, arms.find(({ name }) => name === wanted)?.trials ?? []),
  );
  return [...arm].flatMap(([seed, value]) => {
    const other = baseline.get(seed);
    return other === undefined ? [] : [{ seed, difference: value - other }];
  });
}
