/** @file log: the natural logarithm; -Infinity at 0, NaN below. */
import { defineUnary } from "../define.js";

export const log = defineUnary({
  name: "log",
  formula: Math.log,
  gradient: (ops, { x, upstream }) => ops.divide(upstream, x),
  samples: { range: [0.1, 8], extremes: [0, 1, 1e-30, 1e30, -1, Infinity, NaN] },
});
