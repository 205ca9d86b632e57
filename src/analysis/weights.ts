/** @file Weights as counts: histogram, exact zeros and near zeros. */
import { checkParameters, checkParameter, integer, real, UsageError } from "../util/index.js";
import type { Numbers } from "./rows.js";

export interface Sparsity {
  readonly weights: number;
  /** Weights that are exactly 0 (or -0). */
  readonly zeros: number;
  /** Weights with `0 < |w| < threshold`. */
  readonly nearZeros: number;
  /** Of the exact zeros, those that `inactive` marks: never trained, not made sparse. */
  readonly inactiveZeros: number;
}

const THRESHOLD = real({ min: 0, default: 1e-3 });

/**
 * Counts zero and nearly zero weights, apart from each other.
 *
 * Only proximal steps make weights exactly 0; a penalty's gradient leaves them small and changing sign. A
 * threshold is arbitrary, so it is named with every count. Inputs that are constant 0 never move
 * their weights: zero-initialized, they would pass for sparsity, so they are counted apart.
 *
 * @param weights - any shape, flattened
 * @param options - `threshold`, at least 0, default 0.001; `inactive`: whether the weight at an index
 * cannot be trained, default none
 * @throws UsageError if a weight is NaN or infinite, or the threshold is out of range.
 * @see Duchi and Singer, Efficient online and batch learning using forward backward splitting, JMLR 10, 2009
 */
export function sparsity(
  weights: Numbers,
  options: { threshold?: number; inactive?: (index: number) => boolean } = {},
): Sparsity {
  const { inactive = () => false } = options;
  const threshold = checkParameter(
    "sparsity",
    "threshold",
    THRESHOLD,
    options.threshold ?? THRESHOLD.default,
  );
  largestWeight("sparsity", weights);
  const counts = { weights: weights.length, zeros: 0, nearZeros: 0, inactiveZeros: 0 };
  for (let index = 0; index < weights.length; index++) {
    if (weights[index] === 0) {
      counts.zeros++;
      if (inactive(index)) counts.inactiveZeros++;
    } else if (Math.abs(weights[index]) < threshold) counts.nearZeros++;
  }
  return counts;
}

/**
 * The largest size of a weight; 0 if there are none.
 *
 * @param who - subject of the sentence
 * @throws UsageError if a weight is NaN or infinite
 */
export function largestWeight(who: string, weights: Numbers): number {
  let largest = 0;
  for (let index = 0; index < weights.length; index++) {
    const size = Math.abs(weights[index]);
    if (size > largest) largest = size;
    if (size < Infinity) continue;
    throw new UsageError(
      `${who}: a weight must be a finite number; got ${weights[index]} at ${index}. ` +
        "Leave failed trainings out.",
    );
  }
  return largest;
}

export interface Histogram {
  /** `bins + 1` ascending numbers; bin i is [edges[i], edges[i + 1]), the last with its end. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

export interface HistogramOptions {
  /** How many bins, at least 1; default 51: an odd number has a bin about 0. */
  readonly bins?: number;
  /** Half the range, above 0; default the largest |w|. Arms are comparable only with the same. */
  readonly reach?: number;
}

const BINS = { bins: integer({ min: 1, max: 100_000, default: 51 }) };
const WHO = "weightHistogram";
const REACH = real({ min: 0, minOpen: true, default: 1 });

/** Nothing follows the loop: V8 would leave its fast code there, and run the next call in slow code. */
function countInBins(
  weights: Numbers,
  { bins, reach }: { readonly bins: number; readonly reach: number },
): readonly number[] {
  const counts = new Array<number>(bins).fill(0);
  for (let index = 0; index < weights.length; index++) {
    if (!(Math.abs(weights[index]) <= reach)) throw beyond(reach, largestWeight(WHO, weights));
    const bin = Math.floor(((weights[index] / reach + 1) / 2) * bins);
    counts[Math.min(bins - 1, bin)]++;
  }
  return counts;
}

const beyond = (reach: number, largest: number): UsageError =>
  new UsageError(
    `${WHO}: reach must be at least the largest weight's size; got ${reach} and ${largest}. ` +
      "Leave reach out, or take the largest of all arms.",
  );

/**
 * Histogram of weights over [-reach, reach], symmetric about 0.
 *
 * No weight is left out: one beyond `reach` is an error, since a histogram that drops or heaps what does not
 * fit misleads. All weights 0, and no reach given, is a range of [-1, 1].
 *
 * @throws UsageError if there is no weight, one is not finite or beyond the reach, or an option is out of range.
 */
export function weightHistogram(weights: Numbers, options: HistogramOptions = {}): Histogram {
  const { reach: wanted, ...rest } = options;
  const { bins } = checkParameters(WHO, BINS, rest);
  if (weights.length === 0) throw new UsageError(`${WHO}: there must be a weight; got none.`);
  const reach = checkParameter(WHO, "reach", REACH, wanted ?? (largestWeight(WHO, weights) || 1));
  const edges = Array.from({ length: bins + 1 }, (_, edge) => reach * ((2 * edge) / bins - 1));
  return { edges, counts: countInBins(weights, { bins, reach }) };
}
