/** @file Values for tests: how inputs are drawn, and what "equal" means for each kind of result. */
import { sizeOf, type DType, type Shape } from "../../src/graph/index.js";
import type { RandomStream } from "../../src/util/index.js";

/** An input of a test case, and the interval from which its values are drawn. */
export interface InputSpec {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly range: readonly [number, number];
  /** Values are multiples of it, so that equal ones occur. */
  readonly quantum?: number;
}

/** Row-major values, each of them exact in the spec's dtype. */
export function drawValues(
  { shape, dtype, range: [low, high], quantum }: InputSpec,
  stream: RandomStream,
): Float64Array {
  const step = quantum ?? (dtype === "float32" ? undefined : 1);
  return Float64Array.from({ length: sizeOf(shape) }, () =>
    step === undefined
      ? Math.fround(low + (high - low) * stream.uniform())
      : low + step * stream.below(Math.floor((high - low) / step) + 1),
  );
}

/** How far a result may be from the judge's. */
export interface Tolerance {
  /** Relative to the judge's value, or to `scale` where that is larger. */
  readonly relative: number;
  readonly absolute: number;
}

/** Correctly rounded operations, whole numbers, bits, and whatever only moves elements. */
export const EXACT: Tolerance = { relative: 0, absolute: 0 };
/** Transcendental functions: relative down to where float32 numbers become subnormal. */
export const APPROXIMATE: Tolerance = { relative: 1e-5, absolute: 2 ** -126 };
/** Sums: relative to the sum of the terms' sizes, which is what rounding is relative to. */
export const SUMMED: Tolerance = { relative: 1e-5, absolute: 1e-6 };

/**
 * What is wrong with `actual`, as one line for each of the first elements that are; [] if nothing.
 *
 * For float32 results the judge's value is rounded first: what overflows there must overflow here.
 *
 * @param scale - for each element, the size that `tolerance.relative` counts from
 */
export function findMismatches(
  actual: ArrayLike<number>,
  expected: Float64Array,
  tolerance: Tolerance,
  scale: ArrayLike<number> = expected,
): string[] {
  const mismatches: string[] = [];
  if (actual.length !== expected.length) {
    return [`${actual.length} values instead of ${expected.length}`];
  }
  for (let i = 0; i < expected.length && mismatches.length < 3; i++) {
    const wanted = actual instanceof Float32Array ? Math.fround(expected[i]) : expected[i];
    const allowed =
      tolerance.absolute + tolerance.relative * Math.max(Math.abs(wanted), Math.abs(scale[i]));
    const same = actual[i] === wanted || (Number.isNaN(actual[i]) && Number.isNaN(wanted));
    if (same || Math.abs(actual[i] - wanted) <= allowed) continue;
    mismatches.push(`[${i}]: ${actual[i]} instead of ${wanted} (allowed: ${allowed})`);
  }
  return mismatches;
}

/** The first place where two results differ in a bit (NaN equals NaN, 0 is not -0), or undefined. */
export function findDifference(actual: Float64Array, expected: Float64Array): string | undefined {
  if (actual.length !== expected.length) return `${actual.length} values, not ${expected.length}`;
  const place = actual.findIndex((value, i) => !Object.is(value, expected[i]));
  return place < 0 ? undefined : `[${place}] is ${actual[place]}, not ${expected[place]}`;
}
