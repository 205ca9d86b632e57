/**
 * @file Elementwise operations and their derivatives in closed form, independent of the definitions
 * under test. At kinks and ties they state the convention: |x| has slope 0 at 0, and the larger or
 * smaller of two equal values passes its whole gradient to the second.
 */
import type { BinaryName, UnaryName } from "../../src/graph/index.js";

interface UnaryFormula {
  readonly value: (x: number) => number;
  readonly slope: (x: number) => number;
}

/** By Simpson's rule over [x, x + 8], beyond which nothing of a double is left; 2 minus it below 0. */
function integrateGaussian(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x < 0) return 2 - integrateGaussian(-x);
  if (x > 30) return 0;
  const parts = 4000;
  const width = 8 / parts;
  let sum = 0;
  for (let i = 0; i <= parts; i++) {
    const factor = i === 0 || i === parts ? 1 : i % 2 === 1 ? 4 : 2;
    sum += factor * Math.exp(-((x + i * width) ** 2));
  }
  return ((sum * width) / 3) * (2 / Math.sqrt(Math.PI));
}

export const unaryFormulas: Readonly<Record<UnaryName, UnaryFormula>> = {
  absolute: { value: (x) => Math.max(x, -x), slope: Math.sign },
  erfc: {
    value: integrateGaussian,
    slope: (x) => (-2 / Math.sqrt(Math.PI)) * Math.exp(-x * x),
  },
  exp: { value: (x) => Math.E ** x, slope: (x) => Math.E ** x },
  expm1: {
    // The series where the difference would cancel.
    value: (x) => (Math.abs(x) < 1e-2 ? x * (1 + (x / 2) * (1 + x / 3)) : Math.E ** x - 1),
    slope: (x) => Math.E ** x,
  },
  log: { value: (x) => Math.log2(x) * Math.LN2, slope: (x) => 1 / x },
  negate: { value: (x) => 0 - x, slope: () => -1 },
  sigmoid: {
    value: (x) => 0.5 + 0.5 * Math.tanh(x / 2),
    slope: (x) => 1 / (2 * Math.cosh(x / 2)) ** 2,
  },
  softplus: {
    value: (x) => {
      const u = Math.exp(-Math.abs(x));
      return (x > 0 ? x : 0) + 2 * Math.atanh(u / (2 + u));
    },
    slope: (x) => 0.5 + 0.5 * Math.tanh(x / 2),
  },
  sqrt: { value: (x) => Math.exp(Math.log(x) / 2), slope: (x) => 0.5 * Math.exp(-Math.log(x) / 2) },
  tanh: {
    value: (x) => 2 / (1 + Math.exp(-2 * x)) - 1,
    slope: (x) => 1 / Math.cosh(x) ** 2,
  },
};

interface BinaryFormula {
  readonly value: (a: number, b: number) => number;
  readonly slopes: (a: number, b: number) => readonly [number, number];
}

const larger = (a: number, b: number): number => (a > b ? a : b);

export const binaryFormulas: Readonly<Record<BinaryName, BinaryFormula>> = {
  add: { value: (a, b) => a - -b, slopes: () => [1, 1] },
  divide: { value: (a, b) => a * (1 / b), slopes: (a, b) => [1 / b, -(a / b) / b] },
  maximum: {
    value: (a, b) => (Number.isNaN(a) ? a : larger(a, b)),
    slopes: (a, b) => (a > b ? [1, 0] : [0, 1]),
  },
  minimum: {
    value: (a, b) => (Number.isNaN(a) ? a : -larger(-a, -b)),
    slopes: (a, b) => (a < b ? [1, 0] : [0, 1]),
  },
  multiply: { value: (a, b) => b * a, slopes: (a, b) => [b, a] },
  subtract: { value: (a, b) => a + -b, slopes: () => [1, -1] },
};
