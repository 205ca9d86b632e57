/** @file The words in which a comparison ends, and the rule that chooses among them. */
import type { Interval } from "./estimate.js";
import type { Unit } from "./format.js";

export type Verdict = "better" | "worse" | "no detectable difference" | "too few seeds to tell";

/** What is compared, and which way is up. */
export interface Metric {
  /** As it stands in a sentence: "validation loss". */
  readonly name: string;
  readonly better: "higher" | "lower";
  readonly unit: Unit;
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
 * missed. The rule keeps the error rate of the interval that it is given; `compareWithBaseline` hands it
 * intervals that keep one error rate for all arms.
 */
export function verdict(
  { pairs, interval: [low, high] }: { pairs: number; interval: Interval },
  better: Metric["better"],
): Verdict {
  if (pairs < FEWEST_PAIRS || Number.isNaN(low)) return "too few seeds to tell";
  if (low <= 0 && high >= 0) return "no detectable difference";
  return low > 0 === (better === "higher") ? "better" : "worse";
}
