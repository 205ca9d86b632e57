/** @file Adding seeds until the interval is narrow: Stein's two-stage rule, which keeps its error rate. */
import { checkParameter, integer, real, UsageError } from "../util/index.js";
import { studentQuantile } from "./distributions.js";
import {
  checkConfidence,
  studentInterval,
  studentTest,
  type Interval,
  type StudentEstimate,
  type StudentTest,
} from "./estimate.js";
import { pairedDifferences } from "./paired.js";

const PILOT = integer({
  min: 3,
  default: 10,
  advice: "The pilot's spread decides the number of seeds; 10 waste few.",
});
const HALF_WIDTH = real({ min: 0, minOpen: true, default: 0.001 });
const COMPARISONS = integer({ min: 1, default: 1 });
const BUDGET = integer({ min: 1, default: 1 });

/** The mean of all pairs so far, with the spread of the pilot alone. */
export interface TwoStageEstimate extends StudentEstimate, StudentTest {
  readonly pairs: number;
  /** Pairs of the pilot: complete if `pairs` is as large. Before that, all but the mean is NaN. */
  readonly pilot: number;
}

/**
 * Mean of the paired differences with a standard error that survives a number of seeds chosen by
 * looking at the spread: `mean(all) +- t(pilot - 1) sd(pilot) / sqrt(n)`.
 *
 * The spread is that of the first `pilot` seeds, in the order given, which must not depend on the
 * values: the order of seeds, not of finishing. See {@link untilNarrow} for why the later ones do not count.
 *
 * @param arm - one value a seed, in the order of seeds
 * @param baseline - the values of the same seeds in the same order
 * @param options - `pilot`, a whole number of at least 3, default 10
 * @returns NaN for all but the mean while the pilot is incomplete, or its differences are identical and
 * not 0. If the pilot's are all 0 and a later one is not, the spread is unknown too: NaN.
 * @throws UsageError if a value is not finite, the lengths differ, or the pilot is out of range.
 */
export function twoStageDifferences(
  arm: readonly number[],
  baseline: readonly number[],
  options: { pilot?: number } = {},
): TwoStageEstimate {
  const pilot = checkParameter(
    "twoStageDifferences",
    "pilot",
    PILOT,
    options.pilot ?? PILOT.default,
  );
  const all = pairedDifferences(arm, baseline);
  const first = pairedDifferences(arm.slice(0, pilot), baseline.slice(0, pilot));
  const complete = all.pairs >= pilot;
  const unseen = first.sd === 0 && all.mean !== 0;
  const estimate = {
    mean: all.mean,
    standardError: complete && !unseen ? first.sd / Math.sqrt(all.pairs) : NaN,
    degreesOfFreedom: complete ? pilot - 1 : NaN,
  };
  return { pairs: all.pairs, pilot, ...estimate, ...studentTest(estimate) };
}

export interface UntilNarrowOptions {
  /** The wanted half-width, above 0, in the metric's own unit: 0.001 for 0.1 points of accuracy. */
  readonly halfWidth: number;
  /** Seeds of the first stage, at least 3; default 10. */
  readonly pilot?: number;
  /** In (0, 1), default 0.95. */
  readonly confidence?: number;
  /**
   * Over how many intervals the confidence holds jointly: each gets `1 - (1 - confidence) /
   * comparisons`. Default: as many as there are arms to compare. 1 makes each stand alone.
   */
  readonly comparisons?: number;
  /** No more seeds than this, whatever the width; default: no such limit. */
  readonly mostSeeds?: number;
}

export interface NarrowArm extends TwoStageEstimate {
  readonly interval: Interval;
  /** Seeds that this arm needs in all; NaN before its pilot is complete, or for an unknown spread. */
  readonly needed: number;
}

export interface NarrowPlan {
  readonly stop: boolean;
  readonly reason: "narrow enough" | "budget spent" | "spread unknown" | undefined;
  /**
   * Paired seeds wanted in all: the pilot, then the largest need, but not above the budget. Seeds that
   * fail come on top.
   */
  readonly wanted: number;
  /** In the order given. Valid whenever it is read, also if a budget ended the study early. */
  readonly arms: readonly NarrowArm[];
}

/** An arm's values and the baseline's, of the same seeds, in the order of seeds. */
export interface PairedValues {
  readonly arm: readonly number[];
  readonly baseline: readonly number[];
}

function planArm(
  { arm, baseline }: PairedValues,
  { halfWidth, pilot, confidence }: { halfWidth: number; pilot: number; confidence: number },
): NarrowArm {
  const estimate = twoStageDifferences(arm, baseline, { pilot });
  const interval = studentInterval(estimate, confidence);
  const sd = estimate.standardError * Math.sqrt(estimate.pairs);
  const quantile = Number.isNaN(sd) ? NaN : studentQuantile((1 + confidence) / 2, pilot - 1);
  const needed = Math.max(pilot, Math.ceil(((quantile * sd) / halfWidth) ** 2));
  return { ...estimate, interval, needed };
}

/**
 * Whether a study may stop: adds seeds until every arm's interval reaches at most `halfWidth` to either
 * side, by Stein's two-stage rule.
 *
 * Stage one trains `pilot` seeds and measures the spread s of each arm's differences. Stage two trains up to
 * `N = max(pilot, ceil((t s / halfWidth)^2))` seeds, t being Student's quantile with pilot - 1 degrees of
 * freedom, and reports `mean(all N) +- t s / sqrt(N)`. The interval covers the true mean with at least the
 * stated confidence, exactly, for whatever true spread. Proof: N depends on the data through s alone;
 * for normal differences s is independent of the pilot's mean, and of later seeds; so given s the
 * mean of N has its ordinary normal distribution, and divided by s it is Student's t. An arm that
 * trains longer because another needs it loses nothing, since that N depends on spreads alone, too.
 *
 * Watching the ordinary t interval and stopping once it is narrow has no such property: it stops
 * where the spread happens to look small, and covers less than it says. A rule that may stop on
 * the means themselves (a confidence sequence, alpha spending) needs wider intervals throughout; this
 * one looks at spreads alone. Hence two things that callers must keep: never stop because a verdict
 * is already clear, and let budgets (`mostSeeds`, minutes) depend on nothing that the means influence.
 *
 * It assumes independent seeds and roughly normal differences. Skewed ones cost some coverage. With
 * failed trials left out, arms may have different numbers of seeds.
 *
 * @param arms - for each arm its values and the baseline's so far, paired, in the order of seeds
 * @returns `spread unknown` stops a study in which an arm's pilot differences are identical and not 0:
 * no number of seeds can be named. All differences 0 is a spread of 0, and needs the pilot only.
 * @throws UsageError naming the option out of range, a value that is not finite, or no arms.
 * @see Stein, A two-sample test for a linear hypothesis whose power is independent of the variance,
 * Annals of Mathematical Statistics 16, 1945
 */
export function untilNarrow(
  arms: readonly PairedValues[],
  options: UntilNarrowOptions,
): NarrowPlan {
  const who = "untilNarrow";
  if (arms.length === 0) {
    throw new UsageError(
      `${who}: there must be at least one arm beside the baseline; got none. Name two arms.`,
    );
  }
  const halfWidth = checkParameter(who, "halfWidth", HALF_WIDTH, options.halfWidth);
  const pilot = checkParameter(who, "pilot", PILOT, options.pilot ?? PILOT.default);
  const comparisons = checkParameter(
    who,
    "comparisons",
    COMPARISONS,
    options.comparisons ?? arms.length,
  );
  const budget =
    options.mostSeeds === undefined
      ? Infinity
      : checkParameter(who, "mostSeeds", BUDGET, options.mostSeeds);
  const confidence = 1 - (1 - checkConfidence(who, options.confidence)) / comparisons;
  const plans = arms.map((values) => planArm(values, { halfWidth, pilot, confidence }));
  const least = plans.reduce((fewest, { pairs }) => Math.min(fewest, pairs), Infinity);
  const needed = plans.reduce((most, arm) => Math.max(most, arm.needed), 0);
  const reason = plans.every((arm) => arm.pairs >= arm.needed)
    ? "narrow enough"
    : least >= budget
      ? "budget spent"
      : plans.some((arm) => arm.pairs >= pilot && Number.isNaN(arm.needed))
        ? "spread unknown"
        : undefined;
  return {
    stop: reason !== undefined,
    reason,
    wanted: Math.min(budget, Number.isNaN(needed) ? pilot : needed),
    arms: plans,
  };
}
