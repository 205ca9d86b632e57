/** @file Truncated normal: normal of deviation 0.05, drawn again beyond 0.1, whatever the shape; as in Keras. */
import { drawEach, type Initializer } from "./define.js";
import { drawTruncated } from "./truncated.js";

/** After the truncation the deviation is 0.8796 of 0.05: as Keras, this divides by nothing. */
export const truncatedNormal: Initializer = {
  name: "truncatedNormal",
  fill: (shape, random) => drawEach(shape, () => 0.05 * drawTruncated(random)),
};
