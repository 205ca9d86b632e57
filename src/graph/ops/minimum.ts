/** @file minimum: the smaller of a and b; NaN if either is NaN. At a tie the whole gradient goes to b. */
import { defineBinary, filledLike } from "../define.js";

export const minimum = defineBinary({
  name: "minimum",
  formula: Math.min,
  gradient: (ops, { a, b, upstream }) => {
    const zero = filledLike(ops, upstream, 0);
    const fromA = ops.less(a, b);
    return [ops.select(fromA, upstream, zero), ops.select(fromA, zero, upstream)];
  },
  samples: { range: [-3, 3], kinks: [0], extremes: [NaN, -Infinity] },
});
