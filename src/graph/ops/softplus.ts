/**
 * @file softplus: y = log(1 + e^x). A primitive, because the stable form, max(x, 0) + log(1 + e^-|x|),
 * has a kink in each term at 0, and loses the digits of e^x for x < -16 in float32.
 */
import { defineUnary } from "../define.js";

export const softplus = defineUnary({
  name: "softplus",
  formula: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  gradient: (ops, { x, upstream }) => ops.multiply(upstream, ops.sigmoid(x)),
  samples: {
    range: [-4, 4],
    extremes: [0, 1e-6, 20, -20, 80, -80, 800, -800, Infinity, -Infinity, NaN],
  },
});
