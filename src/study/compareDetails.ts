/** @file Further views on paired differences: bootstrap, ranks, superiority, effect size, seeds to go. */
import {
  bootstrapInterval,
  pairedDifferences,
  pairedEffectSize,
  pairedValues,
  seedsForHalfWidth,
  signedRankTest,
  studentInterval,
  superiority,
  type Metric,
  type SeedValues,
} from "../stats/index.js";
import type { ComparisonDetails } from "./results.js";

/** What JSON can hold: an unknown number is null. */
export const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

function seedsForHalfTheWidth(differences: ReturnType<typeof pairedDifferences>): number | null {
  const [low, high] = studentInterval(differences);
  const halfWidth = (high - low) / 4;
  return halfWidth > 0 ? seedsForHalfWidth(differences.sd, { halfWidth }) : null;
}

/** Each of them at 95 %, of this arm alone. */
export function compareInDetail(
  metric: Metric,
  arm: SeedValues,
  baseline: SeedValues,
): ComparisonDetails {
  const [values, others] = pairedValues(arm, baseline);
  const { wins, ties, losses, probability, interval, pairs } = superiority(values, others, {
    better: metric.better,
  });
  const [low, high] = bootstrapInterval(values, others);
  return {
    bootstrap: [orNull(low), orNull(high)],
    wilcoxonPValue: pairs === 0 ? null : signedRankTest(values, others).pValue,
    superiority:
      pairs === 0
        ? null
        : { probability, interval: [interval[0], interval[1]], wins, ties, losses },
    effectSize: orNull(pairedEffectSize(values, others).hedgesG),
    seedsForHalfTheWidth: seedsForHalfTheWidth(pairedDifferences(values, others)),
  };
}
