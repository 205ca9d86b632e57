/** @file negate: y = -x. */
import { defineUnary } from "../define.js";

export const negate = defineUnary({
  name: "negate",
  dtypes: ["float32", "int32"],
  formula: (x) => -x,
  gradient: (ops, { upstream }) => ops.negate(upstream),
  samples: { range: [-3, 3], extremes: [0, Infinity] },
});
