/** @file subtract: y = a - b. */
import { defineBinary } from "../define.js";

export const subtract = defineBinary({
  name: "subtract",
  formula: (a, b) => a - b,
  gradient: (ops, { upstream }) => [upstream, ops.negate(upstream)],
  samples: { range: [-3, 3] },
});
