/** @file Random uniform: uniform in [-0.05, 0.05), whatever the shape; Keras' default limits. */
import { drawEach, type Initializer } from "./define.js";

export const randomUniform: Initializer = {
  name: "randomUniform",
  fill: (shape, random) => drawEach(shape, () => (2 * random.uniform() - 1) * 0.05),
};
