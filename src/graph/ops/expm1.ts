/** @file expm1: y = e^x - 1, exact near 0, where exp(x) - 1 loses all its digits. */
import { defineUnary } from "../define.js";

export const expm1 = defineUnary({
  name: "expm1",
  formula: Math.expm1,
  gradient: (ops, { x, upstream }) => ops.multiply(upstream, ops.exp(x)),
  samples: { range: [-3, 3], extremes: [-1e-6, 1e-6, 1e-3, -0.35, 0.35, -100, 88, Infinity] },
});
