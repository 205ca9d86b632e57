/** @file Compares every arm with the first one, seed by seed, on each metric. */
import { compareWithBaseline, type ArmComparison, type Estimator } from "../stats/index.js";
import { compareInDetail, orNull } from "./compareDetails.js";
import { trialMetrics, valuesBySeed, type TrialMetric } from "./metrics.js";
import type { ArmResult, Comparison } from "./results.js";

function storable(comparison: ArmComparison, details: Comparison["details"]): Comparison {
  const { difference, interval, pValue, adjustedPValue } = comparison;
  const [low, high] = interval;
  return {
    ...comparison,
    difference: orNull(difference),
    interval: [orNull(low), orNull(high)],
    pValue: orNull(pValue),
    adjustedPValue: orNull(adjustedPValue),
    details,
  };
}

/** One metric is one family: its arms share one error rate. */
function compareMetric(
  metric: TrialMetric,
  [first, ...others]: readonly ArmResult[],
  estimate: Estimator | undefined,
): readonly Comparison[] {
  const read = ({ name, trials }: ArmResult) => ({ name, bySeed: valuesBySeed(metric, trials) });
  const baseline = read(first);
  const arms = others.map(read);
  return compareWithBaseline(metric, { baseline, arms, ...(estimate && { estimate }) }).map(
    (comparison, i) => storable(comparison, compareInDetail(metric, arms[i], baseline)),
  );
}

/**
 * Paired comparisons of every arm with the first one of the same number of training rows, over the seeds
 * that finished in both: arm by arm, and for each arm metric by metric.
 *
 * @param estimate - default: the paired t interval
 */
export function compareArms(
  arms: readonly ArmResult[],
  estimate?: Estimator,
): readonly Comparison[] {
  const sizes = [...new Set(arms.map(({ trainRows }) => trainRows))];
  return sizes.flatMap((size) => {
    const family = arms.filter(({ trainRows }) => trainRows === size);
    const byMetric = trialMetrics.map((metric) => compareMetric(metric, family, estimate));
    return family.slice(1).flatMap((_, arm) => byMetric.map((comparisons) => comparisons[arm]));
  });
}
