/** @file A verdict as a sentence, with the numbers that support it. */
import type { Interval } from "./estimate.js";
import { confidencePercent, differenceDecimals, inUnit, signed, type Unit } from "./format.js";
import { FEWEST_PAIRS, type Metric, type Verdict } from "./verdict.js";

/** What a sentence is made of. */
export interface Finding {
  readonly metric: Metric;
  readonly arm: string;
  readonly baseline: string;
  readonly pairs: number;
  readonly mean: number;
  readonly interval: Interval;
  /** The interval's confidence: 0.95, or nearer to 1 among several comparisons. */
  readonly confidence: number;
  /** How many comparisons share the error rate. */
  readonly comparisons: number;
}

const unitWord = (unit: Unit): string => (unit === "share" ? " points" : "");
const seedCount = (pairs: number): string => `${pairs} paired seed${pairs === 1 ? "" : "s"}`;

/** "95 % interval 0.024 to 0.062, 3 paired seeds, one of 4 comparisons" */
function support({ pairs, confidence, comparisons }: Finding, ends: readonly string[]): string {
  const family = comparisons === 1 ? "" : `, one of ${comparisons} comparisons`;
  return `${confidencePercent(confidence)} % interval ${ends.join(" to ")}, ${seedCount(pairs)}${family}`;
}

/** "dropout=0.5 has a lower validation loss than none by 0.0392 (95 % interval ...)." */
function claim(finding: Finding): string {
  const { metric, arm, baseline, mean, interval } = finding;
  const decimals = differenceDecimals(mean, interval);
  const nearestFirst = interval.map(Math.abs).sort((a, b) => a - b);
  const ends = nearestFirst.map((end) => end.toFixed(decimals));
  return (
    `${arm} has a ${mean > 0 ? "higher" : "lower"} ${metric.name} than ${baseline} by ` +
    `${Math.abs(mean).toFixed(decimals)}${unitWord(metric.unit)} (${support(finding, ends)}).`
  );
}

function noDifference(finding: Finding): string {
  const { metric, arm, baseline, mean, interval, pairs } = finding;
  const subject = `No detectable difference in ${metric.name} between ${arm} and ${baseline}`;
  if (interval[0] === interval[1]) return `${subject}: all ${seedCount(pairs)} agree exactly.`;
  const decimals = differenceDecimals(mean, interval);
  const ends = interval.map((end) => signed(end, decimals));
  const found = `${signed(mean, decimals)}${unitWord(metric.unit)}`;
  return `${subject}: ${found} (${support(finding, ends)}).`;
}

function tooFew({ metric, arm, baseline, mean, interval, pairs }: Finding): string {
  const subject = `Too few seeds to tell whether ${arm} and ${baseline} differ in ${metric.name}`;
  if (pairs === 0) return `${subject}: no seed finished in both arms.`;
  const found = `${signed(mean, differenceDecimals(mean, interval))}${unitWord(metric.unit)}`;
  return pairs < FEWEST_PAIRS
    ? `${subject}: ${found} over ${seedCount(pairs)}; a verdict needs ${FEWEST_PAIRS} or more.`
    : `${subject}: all ${seedCount(pairs)} differ by the same ${found}, so the spread is unknown.`;
}

const SENTENCES = {
  better: claim,
  worse: claim,
  "no detectable difference": noDifference,
  "too few seeds to tell": tooFew,
} satisfies Record<Verdict, (finding: Finding) => string>;

/** The sentence, with shares in percentage points. */
export function sentenceOf(verdict: Verdict, finding: Finding): string {
  const { unit } = finding.metric;
  const [low, high] = finding.interval;
  return SENTENCES[verdict]({
    ...finding,
    mean: inUnit(finding.mean, unit),
    interval: [inUnit(low, unit), inUnit(high, unit)],
  });
}
