/** @file stopGradient: y = x, through which no gradient flows. The rewriter removes it before lowering. */
import { defineUnary } from "../define.js";

export const stopGradient = defineUnary({
  name: "stopGradient",
  dtypes: ["float32", "int32", "bool"],
  formula: (x) => x,
  gradient: () => undefined,
  samples: { range: [-3, 3] },
});
