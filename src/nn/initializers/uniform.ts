/** @file Uniform: in [-0.05, 0.05), Keras' default of embeddings. */
import { drawEach, type Initializer } from "./define.js";

/** Keras' `RandomUniform` with its defaults, whatever the shape. */
export const uniform: Initializer = {
  name: "uniform",
  fill: (shape, random) => drawEach(shape, () => 0.1 * random.uniform() - 0.05),
};
