/** @file multiply: y = a * b. */
import { defineBinary } from "../define.js";

export const multiply = defineBinary({
  name: "multiply",
  formula: (a, b) => a * b,
  gradient: (ops, { a, b, upstream }) => [ops.multiply(upstream, b), ops.multiply(upstream, a)],
  samples: { range: [-3, 3] },
});
