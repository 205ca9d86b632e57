/** @file A mean with its standard error and degrees of freedom, and what Student's t says of it. */
import { checkParameter, real } from "../util/index.js";
import { studentQuantile, studentTwoSided } from "./distributions.js";

/**
 * A mean difference of which `(mean - truth) / standardError` follows Student's t. Paired seeds, two
 * independent groups, overlapping resamples and two-stage studies differ in how they get there.
 */
export interface StudentEstimate {
  readonly mean: number;
  /** 0 only if all values are exactly 0; NaN where the spread is unknown. */
  readonly standardError: number;
  /** Not necessarily whole; NaN where there is none. */
  readonly degreesOfFreedom: number;
}

export type Interval = readonly [low: number, high: number];

const CONFIDENCE = real({ min: 0, minOpen: true, max: 1, maxOpen: true, default: 0.95 });

/** The confidence if it lies in (0, 1); 0.95 if it was left out. */
export const checkConfidence = (who: string, confidence = CONFIDENCE.default): number =>
  checkParameter(who, "confidence", CONFIDENCE, confidence);

/**
 * The interval `mean +- t((1 + confidence) / 2, df) standardError`.
 *
 * @param confidence - in (0, 1), default 0.95
 * @returns [0, 0] if all differences are exactly 0, [NaN, NaN] where the spread is unknown.
 */
export function studentInterval(
  { mean, standardError, degreesOfFreedom }: StudentEstimate,
  confidence?: number,
): Interval {
  const level = checkConfidence("studentInterval", confidence);
  if (Number.isNaN(standardError)) return [NaN, NaN];
  if (standardError === 0) return [mean, mean];
  const reach = quantileOf(level, degreesOfFreedom) * standardError;
  return [mean - reach, mean + reach];
}

/** A study asks for the quantiles of a few levels and sizes over and over; each is a search. */
const known = new Map<string, number>();
const MOST_KNOWN = 1000;

function quantileOf(confidence: number, degreesOfFreedom: number): number {
  const key = `${confidence} ${degreesOfFreedom}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const quantile = studentQuantile((1 + confidence) / 2, degreesOfFreedom);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, quantile);
  return quantile;
}

export interface StudentTest {
  /** `mean / standardError`. */
  readonly t: number;
  /** Two-sided, of the hypothesis that the true mean is 0. */
  readonly pValue: number;
}

/** The two-sided t test of a true mean of 0: t 0 and p 1 if all is 0, NaN where nothing is known. */
export function studentTest({
  mean,
  standardError,
  degreesOfFreedom,
}: StudentEstimate): StudentTest {
  if (Number.isNaN(standardError)) return { t: NaN, pValue: NaN };
  if (standardError === 0) return { t: 0, pValue: 1 };
  const t = mean / standardError;
  return { t, pValue: studentTwoSided(t, degreesOfFreedom) };
}
