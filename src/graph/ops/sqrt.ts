/** @file sqrt: y = sqrt(x); NaN below 0. The gradient at 0 is infinite, as in PyTorch. */
import { defineUnary } from "../define.js";

export const sqrt = defineUnary({
  name: "sqrt",
  formula: Math.sqrt,
  gradient: (ops, { y, upstream }) => ops.divide(upstream, ops.add(y, y)),
  samples: { range: [0.1, 9], extremes: [0, 1e-30, 1e30, -1, Infinity] },
});
