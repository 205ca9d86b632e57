/** @file From paired differences to a verdict, as a word and as a sentence. */
import { differenceDecimals, inUnit, signed, type Unit } from "./format.js";
import { pairedDifferences, type PairedDifferences } from "./paired.js";

export type Verdict = "better" | "worse" | "no detectable difference" | "too few seeds to tell";

/** What is compared, and which way is up. */
export interface Metric {
  /** As it stands in a sentence: "validation loss". */
  readonly name: string;
  readonly better: "higher" | "lower";
  readonly unit: Unit;
}

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
  /** 95 % interval; [NaN, NaN] where the spread is unknown. */
  readonly interval: readonly [number, number];
  readonly pairs: number;
  readonly verdict: Verdict;
  readonly sentence: string;
}

/**
 * The fewest pairs that may carry a claim. One pair has no spread. With two, the interval rests on a
 * single degree of freedom, so that two differences that happen to be close make a claim.
 */
export const FEWEST_PAIRS = 3;

/**
 * The rule: fewer than three pairs, or no interval, is too few to tell; an interval with 0 inside or
 * at its end shows no detectable difference; otherwise the interval's side of 0 decides.
 *
 * "No detectable difference" is not "equal": the interval says how large a difference may have been
 * missed. Each verdict stands alone at 95 %; nothing is corrected for the number of comparisons.
 */
export function verdict(
  { pairs, interval: [low, high] }: Pick<PairedDifferences, "pairs" | "interval">,
  better: Metric["better"],
): Verdict {
  if (pairs < FEWEST_PAIRS || Number.isNaN(low)) return "too few seeds to tell";
  if (low <= 0 && high >= 0) return "no detectable difference";
  return low > 0 === (better === "higher") ? "better" : "worse";
}

const unitWord = (unit: Unit): string => (unit === "share" ? " points" : "");
const seedCount = (pairs: number): string => `${pairs} paired seed${pairs === 1 ? "" : "s"}`;

interface Sides {
  readonly metric: Metric;
  readonly arm: string;
  readonly baseline: string;
}

/** "dropout=0.5 has a lower validation loss than none by 0.0392 (95 % interval ...)." */
function claim(
  { metric, arm, baseline }: Sides,
  { mean, interval, pairs }: PairedDifferences,
): string {
  const decimals = differenceDecimals(mean, interval);
  const ends = interval.map(Math.abs).sort((a, b) => a - b);
  const [by, near, far] = [Math.abs(mean), ...ends].map((value) => value.toFixed(decimals));
  return (
    `${arm} has a ${mean > 0 ? "higher" : "lower"} ${metric.name} than ${baseline} by ` +
    `${by}${unitWord(metric.unit)} (95 % interval ${near} to ${far}, ${seedCount(pairs)}).`
  );
}

function noDifference(
  { metric, arm, baseline }: Sides,
  { mean, interval, pairs, sd }: PairedDifferences,
): string {
  const subject = `No detectable difference in ${metric.name} between ${arm} and ${baseline}`;
  if (sd === 0) return `${subject}: all ${seedCount(pairs)} agree exactly.`;
  const decimals = differenceDecimals(mean, interval);
  const [low, high] = interval.map((end) => signed(end, decimals));
  const found = `${signed(mean, decimals)}${unitWord(metric.unit)}`;
  return `${subject}: ${found} (95 % interval ${low} to ${high}, ${seedCount(pairs)}).`;
}

function tooFew(
  { metric, arm, baseline }: Sides,
  { mean, interval, pairs }: PairedDifferences,
): string {
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
} satisfies Record<Verdict, (sides: Sides, paired: PairedDifferences) => string>;

function scaled(paired: PairedDifferences, unit: Unit): PairedDifferences {
  const [low, high] = paired.interval;
  const interval = [inUnit(low, unit), inUnit(high, unit)] as const;
  return { ...paired, mean: inUnit(paired.mean, unit), interval };
}

/**
 * Compares two arms on one metric by the seeds that both have.
 *
 * @throws UsageError if a value is not finite: leave failed trials out.
 * @example
 * comparePaired(
 *   { name: "test accuracy", better: "higher", unit: "share" },
 *   {
 *     arm: { name: "dropout=0.5", bySeed: new Map([[0, 0.982], [1, 0.983], [2, 0.982]]) },
 *     baseline: { name: "none", bySeed: new Map([[0, 0.98], [1, 0.979], [2, 0.981]]) },
 *   },
 * ).verdict; // "no detectable difference"
 */
export function comparePaired(
  metric: Metric,
  { arm, baseline }: { arm: SeedValues; baseline: SeedValues },
): PairedComparison {
  const shared = [...arm.bySeed].flatMap(([seed, value]) => {
    const other = baseline.bySeed.get(seed);
    return other === undefined ? [] : [[value, other] as const];
  });
  const paired = pairedDifferences(
    shared.map(([value]) => value),
    shared.map(([, other]) => other),
  );
  const word = verdict(paired, metric.better);
  const sides = { metric, arm: arm.name, baseline: baseline.name };
  return {
    arm: arm.name,
    baseline: baseline.name,
    metric: metric.name,
    difference: paired.mean,
    interval: paired.interval,
    pairs: paired.pairs,
    verdict: word,
    sentence: SENTENCES[word](sides, scaled(paired, metric.unit)),
  };
}
