/** @file Ranks with ties, as whole numbers, and the exact distributions of their sums. */

/** Twice the midranks: whole numbers, so that sums of them can index a table. Smallest first. */
export interface DoubledRanks {
  /** In the order of the values. */
  readonly ranks: readonly number[];
  /** How many values share each rank; all 1 without ties. */
  readonly ties: readonly number[];
}

/** Ranks 1 to n, doubled; equal values share the mean of their ranks. */
export function doubledRanks(values: readonly number[]): DoubledRanks {
  const order = values.map((_, index) => index).sort((a, b) => values[a] - values[b]);
  const ranks = values.map(() => 0);
  const ties: number[] = [];
  for (let start = 0; start < order.length; start += ties[ties.length - 1]) {
    let end = start;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    // The mean of ranks start + 1 ... end, times two.
    for (const index of order.slice(start, end)) ranks[index] = start + 1 + end;
    ties.push(end - start);
  }
  return { ranks, ties };
}

/** `sum(t^3 - t)` over groups of t tied values: what ties take from the variance of a rank sum. */
export const tieTerm = (ties: readonly number[]): number =>
  ties.reduce((sum, t) => sum + t ** 3 - t, 0);

const total = (ranks: readonly number[]): number => ranks.reduce((sum, rank) => sum + rank, 0);

/** P(sum = s) when each rank is in the sum with probability 1/2, by dynamic programming. */
export function signedSumDistribution(ranks: readonly number[]): Float64Array {
  const chances = new Float64Array(total(ranks) + 1);
  chances[0] = 1;
  for (const rank of ranks) {
    for (let sum = chances.length - 1; sum >= 0; sum--) {
      chances[sum] = (chances[sum] + (sum >= rank ? chances[sum - rank] : 0)) / 2;
    }
  }
  return chances;
}

/** P(sum = s) when `size` of the ranks are drawn, every set equally likely, by dynamic programming. */
export function subsetSumDistribution(ranks: readonly number[], size: number): Float64Array {
  const largest = total(ranks);
  const counts = Array.from({ length: size + 1 }, () => new Float64Array(largest + 1));
  counts[0][0] = 1;
  for (const rank of ranks) {
    for (let drawn = size; drawn >= 1; drawn--) {
      for (let sum = largest; sum >= rank; sum--) {
        counts[drawn][sum] += counts[drawn - 1][sum - rank];
      }
    }
  }
  const all = counts[size].reduce((sum, count) => sum + count, 0);
  return counts[size].map((count) => count / all);
}

/** Twice the smaller tail at `observed`, that value included, and at most 1. */
export function twoSided(chances: Float64Array, observed: number): number {
  const sum = (part: Float64Array): number => part.reduce((a, b) => a + b, 0);
  const low = sum(chances.subarray(0, observed + 1));
  const high = sum(chances.subarray(observed));
  return Math.min(1, 2 * Math.min(low, high));
}
