/**
 * @file maximum: the larger of a and b; NaN if either is NaN. At a tie the whole gradient goes to b,
 * so that relu(x) = maximum(x, 0) has the derivative 0 at 0, as in Keras and PyTorch.
 */
import { defineBinary, filledLike } from "../define.js";

export const maximum = defineBinary({
  name: "maximum",
  formula: Math.max,
  gradient: (ops, { a, b, upstream }) => {
    const zero = filledLike(ops, upstream, 0);
    const fromA = ops.less(b, a);
    return [ops.select(fromA, upstream, zero), ops.select(fromA, zero, upstream)];
  },
  samples: { range: [-3, 3], kinks: [0], extremes: [NaN, -Infinity] },
});
