/** @file Compares arms with their baseline, seed by seed, with one error rate for all of them. */
import { studentInterval, studentTest, type Interval, type StudentEstimate } from "./estimate.js";
import { holm } from "./holm.js";
import { pairedDifferences } from "./paired.js";
import { sentenceOf } from "./sentences.js";
import { verdict, type Metric, type Verdict } from "./verdict.js";

/** An arm's values of one metric. Keyed by seed, so that nothing can be paired by accident. */
export interface SeedValues {
  readonly name: string;
  readonly bySeed: ReadonlyMap<number, number>;
}

/** A verdict with the numbers that support it. */
export interface PairedComparison {
  readonly arm: string;
  readonly baseline: string;
  readonly metric: string;
  /** Mean of `arm - baseline`; NaN if no seed finished in both. */
  readonly difference: number;
  /** The interval that decides, 95 % unless `confidence` says otherwise; NaN for an unknown spread. */
  readonly interval: Interval;
  readonly pairs: number;
  readonly verdict: Verdict;
  readonly sentence: string;
}

/** One of several comparisons with the same baseline. */
export interface ArmComparison extends PairedComparison {
  /** The interval's confidence, `1 - 0.05 / d`, where Holm's procedure decides this arm at 0.05 / d. */
  readonly confidence: number;
  /** How many comparisons share the error rate. */
  readonly comparisons: number;
  /** Two-sided p-value of this arm alone; NaN for an unknown spread. */
  readonly pValue: number;
  /** Holm's adjusted p-value, over all arms. */
  readonly adjustedPValue: number;
}

/** How a mean difference and its error come from the values of the shared seeds, in ascending order. */
export type Estimator = (
  arm: readonly number[],
  baseline: readonly number[],
) => StudentEstimate & { readonly pairs: number };

export interface CompareOptions {
  readonly baseline: SeedValues;
  readonly arms: readonly SeedValues[];
  /**
   * Default `pairedDifferences`. A study with an adaptive number of seeds hands in `twoStageDifferences`,
   * one over cross-validation folds `resampledDifferences`, each with its options.
   */
  readonly estimate?: Estimator;
}

const SIGNIFICANCE = 0.05;

/** The values of the seeds that both have, by ascending seed: the arm's, then the baseline's. */
export function pairedValues(arm: SeedValues, baseline: SeedValues): [number[], number[]] {
  const seeds = [...arm.bySeed.keys()]
    .filter((seed) => baseline.bySeed.has(seed))
    .sort((a, b) => a - b);
  const valuesOf = ({ bySeed }: SeedValues): number[] =>
    seeds.flatMap((seed) => bySeed.get(seed) ?? []);
  return [valuesOf(arm), valuesOf(baseline)];
}

/**
 * Compares each arm with the baseline on one metric, and says which differ.
 *
 * The chance that any arm without an effect is called better or worse is at most 5 % over all arms
 * together (Holm), and that one is called better half of it, whatever arms share. This rests on the
 * estimate's assumptions: independent seeds, roughly normal differences. A technique that changes
 * nothing has symmetric differences, which keep the rate at any number of seeds; differences with equal
 * means but a long tail on one side exceed it with few seeds (docs/statistics.md has the figures).
 *
 * Each interval is at the level at which Holm decided its arm, so verdict and interval always agree;
 * with one arm that is 95 %. Arms with fewer than three shared seeds, or an unknown spread, count among the
 * comparisons. One metric is one family: for verdicts on several metrics, name the one that counts before
 * looking.
 *
 * @throws UsageError if a value is not finite: leave failed trials out.
 * @example
 * compareWithBaseline(
 *   { name: "test accuracy", better: "higher", unit: "share" },
 *   {
 *     baseline: { name: "none", bySeed: new Map([[0, 0.98], [1, 0.979], [2, 0.981]]) },
 *     arms: [{ name: "dropout=0.5", bySeed: new Map([[0, 0.982], [1, 0.983], [2, 0.982]]) }],
 *   },
 * )[0].verdict; // "no detectable difference"
 */
export function compareWithBaseline(
  metric: Metric,
  { baseline, arms, estimate = pairedDifferences }: CompareOptions,
): ArmComparison[] {
  const estimates = arms.map((arm) => estimate(...pairedValues(arm, baseline)));
  const pValues = estimates.map((one) => studentTest(one).pValue);
  return holm(pValues, SIGNIFICANCE).map(({ adjusted, divisor }, index) => {
    const { mean, pairs } = estimates[index];
    const confidence = 1 - SIGNIFICANCE / divisor;
    const interval = studentInterval(estimates[index], confidence);
    const word = verdict({ pairs, interval }, metric.better);
    const finding = {
      ...{ metric, arm: arms[index].name, baseline: baseline.name },
      ...{ pairs, mean, interval, confidence, comparisons: arms.length },
    };
    return {
      arm: arms[index].name,
      baseline: baseline.name,
      metric: metric.name,
      difference: mean,
      interval,
      pairs,
      verdict: word,
      sentence: sentenceOf(word, finding),
      confidence,
      comparisons: arms.length,
      pValue: pValues[index],
      adjustedPValue: adjusted,
    };
  });
}

/**
 * Compares two arms on one metric by the seeds that both have: `compareWithBaseline` for one arm alone,
 * at 95 %. Comparing several arms with one baseline, take that one instead: it corrects for their number.
 *
 * @throws UsageError if a value is not finite: leave failed trials out.
 */
export function comparePaired(
  metric: Metric,
  { arm, baseline }: { arm: SeedValues; baseline: SeedValues },
): PairedComparison {
  const [comparison] = compareWithBaseline(metric, { arms: [arm], baseline });
  const { difference, interval, pairs, verdict: word, sentence } = comparison;
  return {
    ...{ arm: arm.name, baseline: baseline.name, metric: metric.name },
    ...{ difference, interval, pairs, verdict: word, sentence },
  };
}
