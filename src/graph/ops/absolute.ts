/** @file absolute: y = |x|; the gradient at 0 is 0, as in PyTorch. */
import { defineUnary, filledLike } from "../define.js";

export const absolute = defineUnary({
  name: "absolute",
  formula: Math.abs,
  gradient: (ops, { x, upstream }) => {
    const zero = filledLike(ops, upstream, 0);
    const negative = ops.select(ops.less(x, zero), ops.negate(upstream), zero);
    return ops.select(ops.less(zero, x), upstream, negative);
  },
  samples: { range: [-3, 3], kinks: [0], extremes: [-0, -Infinity, 1e38] },
});
