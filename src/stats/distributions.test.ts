/**
 * @file Expected values: mpmath 1.3.0 with 60 digits (`betainc`, `ncdf`, `findroot`) as float64;
 * SciPy 1.17.1 (`scipy.stats.t`, `norm`) agrees with them to 15 digits or more.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  normalCdf,
  normalQuantile,
  studentCdf,
  studentQuantile,
  studentTwoSided,
} from "./distributions.js";
import { incompleteBeta } from "./incompleteBeta.js";

const RELATIVE_TOLERANCE = 1e-12;

function expectClose(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(RELATIVE_TOLERANCE * Math.abs(expected));
}

const STUDENT_CDF: readonly [t: number, df: number, p: number][] = [
  [0.001, 3, 0.5003675525152695],
  [-0.5, 1, 0.35241638234956674],
  [1, 1, 0.75],
  [-2.5, 2, 0.06480586011075541],
  [2.4, 7, 0.9762669234448009],
  [-4.3, 7, 0.0017833008438835189],
  [5.13, 7, 0.9993231749192705],
  [12, 4, 0.9998617857257485],
  [-30, 3, 4.0676402135819796e-5],
  [1.96, 1000, 0.9748634075221256],
  [-6, 1e4, 1.0208092364613077e-9],
  [0.5, 1e4, 0.6914569603383833],
  [1.3, 0.5, 0.7296926732774398],
  [-3.1, 4.7, 0.01458280711057537],
];

const STUDENT_QUANTILE: readonly [p: number, df: number, t: number][] = [
  [0.975, 1, 12.706204736174692],
  [0.975, 2, 4.302652729749462],
  [0.975, 4, 2.7764451051977934],
  [0.975, 7, 2.364624251592785],
  [0.995, 7, 3.4994832973504932],
  [0.975, 29, 2.045229642132704],
  [0.975, 999, 1.9623414611334495],
  [0.6, 3, 0.27667066233268983],
  [0.025, 5, -2.5705818356363155],
  [1e-10, 1, -3183098861.8379064],
  [1e-10, 5, -156.82559270889433],
  [0.999999, 1e6, 4.7534523482738695],
  [0.9, 0.5, 10.270324410234512],
];

const NORMAL_CDF: readonly [z: number, p: number][] = [
  [0.1, 0.539827837277029],
  [-1, 0.15865525393145705],
  [1.96, 0.9750021048517795],
  [2.9999, 0.998649658717045],
  [3, 0.9986501019683699],
  [-3.5, 0.00023262907903552504],
  [-6, 9.86587645037698e-10],
  [-10, 7.619853024160525e-24],
  [-37, 5.725571222524577e-300],
];

const NORMAL_QUANTILE: readonly [p: number, z: number][] = [
  [0.6, 0.2533471031357997],
  [0.975, 1.9599639845400538],
  [0.025, -1.9599639845400543],
  [0.995, 2.5758293035489004],
  [1e-10, -6.361340902404057],
];

describe("Student's t distribution", () => {
  it.each(STUDENT_CDF)("P(T <= %d) with %d degrees of freedom equals mpmath's", (t, df, p) => {
    expectClose(studentCdf(t, df), p);
  });
  it.each(STUDENT_QUANTILE)(
    "quantile %d with %d degrees of freedom equals mpmath's",
    (p, df, t) => {
      expectClose(studentQuantile(p, df), t);
    },
  );
  it("keeps its digits far out in the tail, where 1 - cdf is 0", () => {
    expectClose(studentTwoSided(50, 9), 2.568952910874798e-12);
    expectClose(studentTwoSided(-1e4, 4), 5.999999600000021e-16);
    expectClose(studentTwoSided(40, 30), 1.3726045194406403e-27);
  });
  it("is the Cauchy distribution for one degree of freedom", () => {
    for (const t of [-1e8, -3, 0, 0.2, 7]) {
      expectClose(
        studentCdf(t, 1),
        t < -10 ? -Math.atan(1 / t) / Math.PI : 0.5 + Math.atan(t) / Math.PI,
      );
    }
  });
  it("gives the ends of the line their limits", () => {
    expect(studentCdf(-Infinity, 3)).toBe(0);
    expect(studentCdf(Infinity, 3)).toBe(1);
    expect(studentCdf(0, 3)).toBe(0.5);
    expect([0, 0.5, 1].map((p) => studentQuantile(p, 3))).toEqual([-Infinity, 0, Infinity]);
  });
  it("the quantile undoes the cdf", () => {
    const property = fc.property(
      fc.double({ min: 1e-8, max: 0.5, noNaN: true }),
      fc.double({ min: 0.4, max: 1e4, noNaN: true }),
      (p, df) => expectClose(studentCdf(studentQuantile(p, df), df), p),
    );
    fc.assert(property, { seed: 1, numRuns: 300 });
  });
  it("refuses NaN and impossible degrees of freedom", () => {
    expect(() => studentCdf(NaN, 3)).toThrow("studentCdf: t must be a number; got NaN.");
    expect(() => studentTwoSided(NaN, 3)).toThrow("t must be a number; got NaN");
    expect(() => studentCdf(1, 0)).toThrow(
      "degrees of freedom must be a number greater than 0; got 0",
    );
    expect(() => studentQuantile(0.5, NaN)).toThrow("greater than 0; got NaN");
    expect(() => studentQuantile(1.2, 3)).toThrow(
      "probability must be a number in [0, 1]; got 1.2",
    );
  });
});

describe("the normal distribution", () => {
  it.each(NORMAL_CDF)("P(Z <= %d) equals mpmath's", (z, p) => expectClose(normalCdf(z), p));
  it.each(NORMAL_QUANTILE)("quantile %d equals mpmath's", (p, z) =>
    expectClose(normalQuantile(p), z),
  );
  it("refuses NaN", () => {
    expect(() => normalCdf(NaN)).toThrow("normalCdf: z must be a number; got NaN.");
    expect(() => normalQuantile(NaN)).toThrow(
      "normalQuantile: probability must be a number in [0, 1]",
    );
  });
});

describe("incompleteBeta", () => {
  it("has its closed forms at a = 1, b = 1 and at the ends", () => {
    expect(incompleteBeta(0, { a: 2, b: 3 })).toBe(0);
    expect(incompleteBeta(1, { a: 2, b: 3 })).toBe(1);
    for (const x of [0.01, 0.3, 0.77, 0.999]) {
      expectClose(incompleteBeta(x, { a: 1, b: 1 }), x);
      expectClose(incompleteBeta(x, { a: 5, b: 1 }), x ** 5);
      expectClose(incompleteBeta(x, { a: 1, b: 5 }), -Math.expm1(5 * Math.log1p(-x)));
    }
  });
  it("is symmetric: I_x(a, b) = 1 - I_(1 - x)(b, a)", () => {
    const positive = fc.double({ min: 0.1, max: 500, noNaN: true });
    const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    const property = fc.property(share, positive, positive, (x, a, b) => {
      const total = incompleteBeta(x, { a, b }) + incompleteBeta(1 - x, { y: x, a: b, b: a });
      expect(Math.abs(total - 1)).toBeLessThan(1e-11);
    });
    fc.assert(property, { seed: 2, numRuns: 200 });
  });
});
