/** @file Random uniform: uniform in [-0.05, 0.05), whatever the shape; Keras' default limits. */
import { drawUniform, type Initializer } from "./define.js";

export const randomUniform: Initializer = {
  name: "randomUniform",
  fill: (shape, random) => drawUniform(shape, { random, limit: 0.05 }),
};
