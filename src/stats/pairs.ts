/** @file Values of the same seeds in two arms, and their differences without the noise of rounding. */
import { UsageError } from "../util/index.js";
import { checkFinite } from "./moments.js";

/** Refuses lists that are not pairs of finite numbers. */
export function checkPairs(
  who: string,
  [arm, baseline]: readonly [readonly number[], readonly number[]],
): void {
  checkFinite(who, arm);
  checkFinite(who, baseline);
  if (arm.length === baseline.length) return;
  throw new UsageError(
    `${who}: both arms must have one value for each seed; got ${arm.length} and ` +
      `${baseline.length}. Pair the values by seed first.`,
  );
}

/** What rounding may do to a difference of two of these values. */
const roundingOf = (values: readonly number[]): number =>
  2 * Number.EPSILON * values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Gives values that lie within `tolerance` of each other, and of 0, one common value. */
function merged(values: readonly number[], tolerance: number): number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[a] - values[b]);
  const result = [...values];
  let first = 0;
  for (const index of order) {
    if (Math.abs(values[index]) <= tolerance) result[index] = 0;
    else if (values[index] - first <= tolerance) result[index] = first;
    first = result[index];
  }
  return result;
}

/**
 * `arm - baseline` for rank methods, which ask what is equal: 0.4 - 0.3 and 0.7 - 0.6 differ in their
 * last bit, and so would the ranks of two equal gains. Sizes that rounding alone sets apart are one.
 */
export function rankableDifferences(
  arm: readonly number[],
  baseline: readonly number[],
): readonly number[] {
  const differences = arm.map((value, index) => value - baseline[index]);
  const sizes = merged(differences.map(Math.abs), roundingOf([...arm, ...baseline]));
  return differences.map((difference, index) => Math.sign(difference) * sizes[index]);
}

/** Whether the differences are one value, up to what rounding does to a subtraction. */
export function areIdentical(differences: readonly number[], values: readonly number[]): boolean {
  const least = differences.reduce((a, b) => Math.min(a, b), Infinity);
  const most = differences.reduce((a, b) => Math.max(a, b), -Infinity);
  return most - least <= roundingOf(values);
}
