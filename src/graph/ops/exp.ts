/**
 * @file exp: y = e^x. Kernels return 0 where the result would be subnormal (x < -87.33), because
 * subnormal numbers cannot be flushed in WebAssembly and slow every product they enter.
 */
import { defineUnary } from "../define.js";

export const exp = defineUnary({
  name: "exp",
  formula: Math.exp,
  gradient: (ops, { y, upstream }) => ops.multiply(upstream, y),
  samples: { range: [-4, 4], extremes: [-1000, -87, 0, 88, 1000, Infinity, -Infinity, NaN] },
});
