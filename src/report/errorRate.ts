/** @file How sure the intervals are, in words: levels, families of comparisons, added seeds. */
import { confidencePercent } from "../stats/index.js";
import type { Comparison, StoppingResult, StudyResult } from "../study/index.js";
import { plural } from "./format.js";

/** "98.3 %" */
export const levelText = ({ confidence }: Pick<Comparison, "confidence">): string =>
  `${confidencePercent(confidence)} %`;

/** The level that all comparisons have in common; undefined if they differ. */
export function commonLevel(comparisons: readonly Comparison[]): string | undefined {
  const levels = new Set(comparisons.map(levelText));
  return levels.size === 1 ? [...levels][0] : undefined;
}

const hasInterval = ({ interval }: Comparison): boolean => Number.isFinite(interval[0] ?? NaN);

/** Arms that share one error rate: those of one baseline, on one metric. */
const familyCount = (comparisons: readonly Comparison[]): number =>
  new Set(comparisons.map(({ baseline, metric }) => JSON.stringify([baseline, metric]))).size;

/** What several families do to the chance of a false claim; they share no error rate. */
function luckSentence(families: number, several: boolean): string {
  if (families === 1) return "";
  const chance =
    families < 20
      ? `the chance of at least one false claim would be up to ${5 * families} %`
      : `up to ${Math.round(0.05 * families)} of them would make a false claim on average`;
  const subject = several ? "families" : "intervals";
  return (
    ` The ${families} ${subject} are not corrected against each other: if no arm differed from its ` +
    `baseline in anything, ${chance}. Name the metric that counts before looking.`
  );
}

/** Which comparisons share an error rate, and what remains of the chance of a false claim. */
export function intervalNote({ comparisons }: StudyResult): string {
  const shown = comparisons.filter(hasInterval);
  if (shown.length === 0) return "No interval is shown: there are too few seeds.";
  const families = familyCount(shown);
  const most = Math.max(...shown.map((one) => one.comparisons));
  if (most === 1) {
    const first = families === 1 ? "One interval is shown, at 95 %." : "Each interval is at 95 %.";
    return first + luckSentence(families, false);
  }
  const first =
    `On each metric ${plural(most, "arm")} share an error rate of 5 % by the procedure of Holm, and each ` +
    "interval is at the level at which its arm was decided.";
  return first + luckSentence(families, true);
}

const ENDS = {
  "narrow enough": (seeds) => `which ${plural(seeds, "seed")} reached`,
  "budget spent": (seeds) => `but the budget was spent after ${plural(seeds, "seed")}`,
  "spread unknown": (seeds) =>
    `but the differences of an arm had no spread, so ${plural(seeds, "seed")} ended it`,
  interrupted: (seeds) => `but the study was interrupted at ${plural(seeds, "seed")}`,
} satisfies Record<StoppingResult["reason"], (seeds: number) => string>;

/** How an adaptive number of seeds came about; nothing if it was given. */
export function stoppingSentence({ stopping, seeds }: StudyResult): readonly string[] {
  if (stopping === undefined) return [];
  const { halfWidth, pilot, reason, minutes, trials } = stopping;
  const points = `${Number((100 * halfWidth).toPrecision(3))} points`;
  const limits = [
    ...(minutes === undefined ? [] : [`${minutes} minutes`]),
    ...(trials === undefined ? [] : [plural(trials, "trial")]),
  ];
  const budget = limits.length === 0 ? "" : ` Budget: ${limits.join(", ")}.`;
  return [
    `Seeds were added to a pilot of ${pilot} until every interval of the test accuracy would reach at most ` +
      `${points} to either side, ${ENDS[reason](seeds.length)}.${budget} Intervals are those of Stein, by the ` +
      "spread of the pilot; they keep their level although the number of seeds was chosen by looking.",
  ];
}
