/** @file add: y = a + b. */
import { defineBinary } from "../define.js";

export const add = defineBinary({
  name: "add",
  formula: (a, b) => a + b,
  gradient: (_, { upstream }) => [upstream, upstream],
  samples: { range: [-3, 3] },
});
