/** @file Compares every arm with the first one, seed by seed, on each metric. */
import { comparePaired } from "../stats/index.js";
import { trialMetrics, valuesBySeed, type TrialMetric } from "./metrics.js";
import type { ArmResult, Comparison } from "./results.js";

/** What JSON can hold: an unknown end is null. */
const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

function compareArm(metric: TrialMetric, arm: ArmResult, baseline: ArmResult): Comparison {
  const comparison = comparePaired(metric, {
    arm: { name: arm.name, bySeed: valuesBySeed(metric, arm.trials) },
    baseline: { name: baseline.name, bySeed: valuesBySeed(metric, baseline.trials) },
  });
  const [low, high] = comparison.interval;
  return {
    ...comparison,
    difference: orNull(comparison.difference),
    interval: [orNull(low), orNull(high)],
  };
}

/**
 * Paired comparisons of every arm with the first one at the end of training, over the seeds that
 * finished in both.
 */
export function compareArms(arms: readonly ArmResult[]): readonly Comparison[] {
  const [baseline, ...others] = arms;
  return others.flatMap((arm) => trialMetrics.map((metric) => compareArm(metric, arm, baseline)));
}
