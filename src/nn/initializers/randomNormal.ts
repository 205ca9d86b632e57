/** @file Random normal: normal of deviation 0.05, whatever the shape; Keras' default deviation. */
import { drawEach, type Initializer } from "./define.js";

export const randomNormal: Initializer = {
  name: "randomNormal",
  fill: (shape, random) => drawEach(shape, () => 0.05 * random.normal()),
};
