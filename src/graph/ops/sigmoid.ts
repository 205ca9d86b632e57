/**
 * @file sigmoid: y = 1 / (1 + e^-x). A primitive, because the gradient of the composed form is
 * infinity / infinity for x < -88.
 */
import { defineUnary } from "../define.js";

export const sigmoid = defineUnary({
  name: "sigmoid",
  formula: (x) => 1 / (1 + Math.exp(-x)),
  gradient: (ops, { y, upstream }) => ops.multiply(upstream, ops.subtract(y, ops.multiply(y, y))),
  samples: { range: [-4, 4], extremes: [0, 40, -80, 100, -100, 1000, -1000, NaN] },
});
