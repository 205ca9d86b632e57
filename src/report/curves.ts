/** @file Learning curves: what an arm's finished trials did, epoch by epoch. */
import { mean } from "../stats/index.js";
import type { ArmResult, EpochResult } from "../study/index.js";
import { finishedTrials } from "./metrics.js";

/** One epoch over seeds. */
export interface CurvePoint {
  readonly epoch: number;
  readonly mean: number;
  /** The lowest and the highest seed. */
  readonly low: number;
  readonly high: number;
  /** Seeds that trained this epoch; fewer at the end where trials stop early. */
  readonly seeds: number;
}

export type ReadEpoch = (epoch: EpochResult) => number;

/** Mean, lowest and highest over an arm's finished trials, without values that are not finite. */
export function armCurve(arm: ArmResult, read: ReadEpoch): readonly CurvePoint[] {
  const byEpoch = new Map<number, number[]>();
  for (const epoch of finishedTrials(arm).flatMap(({ epochs }) => epochs)) {
    const value = read(epoch);
    if (!Number.isFinite(value)) continue;
    const values = byEpoch.get(epoch.epoch) ?? [];
    byEpoch.set(epoch.epoch, [...values, value]);
  }
  return [...byEpoch]
    .sort(([a], [b]) => a - b)
    .map(([epoch, values]) => ({
      epoch,
      mean: mean(values),
      low: Math.min(...values),
      high: Math.max(...values),
      seeds: values.length,
    }));
}
