/** @file divide: y = a / b, float32 only. */
import { defineBinary } from "../define.js";

export const divide = defineBinary({
  name: "divide",
  dtypes: ["float32"],
  formula: (a, b) => a / b,
  gradient: (ops, { b, y, upstream }) => {
    const byA = ops.divide(upstream, b);
    return [byA, ops.negate(ops.multiply(byA, y))];
  },
  samples: { range: [0.5, 3], extremes: [0, Infinity] },
});
