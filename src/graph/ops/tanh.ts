/** @file tanh: the hyperbolic tangent. */
import { defineUnary } from "../define.js";

export const tanh = defineUnary({
  name: "tanh",
  formula: Math.tanh,
  gradient: (ops, { y, upstream }) =>
    ops.subtract(upstream, ops.multiply(upstream, ops.multiply(y, y))),
  samples: { range: [-3, 3], extremes: [0, 1e-6, 0.625, -0.625, 20, -20, 1000, Infinity, NaN] },
});
