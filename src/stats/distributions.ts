/** @file The normal and Student's t distribution: cumulative probabilities and quantiles. */
import { UsageError } from "../util/index.js";
import { betaTerm, incompleteBeta } from "./incompleteBeta.js";

const normalDensity = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** P(Z > z) for z >= 0: a series near 0, the continued fraction of Mills' ratio in the tail. */
function normalTail(z: number): number {
  if (z < 3) {
    let term = z;
    let series = z;
    for (let k = 3; term > series * Number.EPSILON; k += 2) series += term *= (z * z) / k;
    return 0.5 - normalDensity(z) * series;
  }
  let fraction = z;
  for (let k = 100; k >= 1; k--) fraction = z + k / fraction;
  return normalDensity(z) / fraction;
}

/**
 * P(Z <= z) of the standard normal distribution.
 *
 * @see Marsaglia, Evaluating the normal distribution, Journal of Statistical Software 11(4), 2004
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) throw new UsageError("normalCdf: z must be a number; got NaN.");
  return z < 0 ? normalTail(-z) : 1 - normalTail(z);
}

/** P(T > t) for t >= 0: half of I_x(df / 2, 1 / 2) at x = df / (df + t^2). */
function studentTail(t: number, df: number): number {
  if (t === Infinity) return 0;
  const x = 1 / (1 + (t / df) * t);
  const y = 1 / (1 + df / t / t);
  return incompleteBeta(x, { y, a: df / 2, b: 0.5 }) / 2;
}

function studentDensity(t: number, df: number): number {
  const x = 1 / (1 + (t / df) * t);
  const y = 1 / (1 + df / t / t);
  return betaTerm(x, y, df / 2, 0.5) / t;
}

function checkDegreesOfFreedom(who: string, df: number): void {
  if (df > 0 && df < Infinity) return;
  throw new UsageError(`${who}: degrees of freedom must be a number greater than 0; got ${df}.`);
}

/**
 * P(T <= t) of Student's t distribution.
 *
 * @param df - degrees of freedom, greater than 0, not necessarily whole
 * @throws UsageError for NaN, or df of 0 or less.
 */
export function studentCdf(t: number, df: number): number {
  checkDegreesOfFreedom("studentCdf", df);
  if (Number.isNaN(t)) throw new UsageError("studentCdf: t must be a number; got NaN.");
  return t < 0 ? studentTail(-t, df) : 1 - studentTail(t, df);
}

/** P(|T| > |t|), exact in the far tail, where `1 - cdf` would round to 0. */
export function studentTwoSided(t: number, df: number): number {
  checkDegreesOfFreedom("studentTwoSided", df);
  if (Number.isNaN(t)) throw new UsageError("studentTwoSided: t must be a number; got NaN.");
  return 2 * studentTail(Math.abs(t), df);
}

interface Tail {
  /** P(X > x): decreasing and convex for x >= 0. */
  readonly tail: (x: number) => number;
  readonly density: (x: number) => number;
  /** A point at or below the answer. */
  readonly start: number;
}

/** Solves tail(x) = probability. The tail is convex: Newton's steps from below never overshoot. */
function invertTail(probability: number, { tail, density, start }: Tail): number {
  let x = start;
  for (;;) {
    const next = x + (tail(x) - probability) / density(x);
    if (!(next > x)) return x;
    x = next;
  }
}

/** The quantile of a distribution that is symmetric about 0, from the inverse of its upper tail. */
function symmetricQuantile(who: string, p: number, upper: (tail: number) => number): number {
  if (!(p >= 0 && p <= 1)) {
    throw new UsageError(`${who}: probability must be a number in [0, 1]; got ${p}.`);
  }
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  if (p === 0.5) return 0;
  return p < 0.5 ? -upper(p) : upper(1 - p);
}

function normalUpper(tail: number): number {
  const start = (0.5 - tail) * Math.sqrt(2 * Math.PI);
  return invertTail(tail, { tail: normalTail, density: normalDensity, start });
}

/**
 * The z for which P(Z <= z) = p; 1.959964 for p = 0.975.
 *
 * @param p - in [0, 1]; 0 and 1 give minus and plus infinity
 */
export function normalQuantile(p: number): number {
  return symmetricQuantile("normalQuantile", p, normalUpper);
}

/**
 * The t for which P(T <= t) = p; 2.364624 for p = 0.975 and 7 degrees of freedom.
 *
 * @param p - in [0, 1]; 0 and 1 give minus and plus infinity
 * @param df - degrees of freedom, greater than 0
 */
export function studentQuantile(p: number, df: number): number {
  checkDegreesOfFreedom("studentQuantile", df);
  return symmetricQuantile("studentQuantile", p, (tail) =>
    invertTail(tail, {
      tail: (t) => studentTail(t, df),
      density: (t) => studentDensity(t, df),
      // Student's tails are heavier than the normal ones, so the normal quantile lies below.
      start: normalUpper(tail),
    }),
  );
}
