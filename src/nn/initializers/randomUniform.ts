/** @file Random uniform: uniform in [-0.05, 0.05), whatever the shape; Keras' default limits. */
import { sizeOf } from "../../graph/index.js";
import type { Initializer } from "./define.js";

export const randomUniform: Initializer = {
  name: "randomUniform",
  fill: (shape, random) => {
    const values = new Float32Array(sizeOf(shape));
    random.fillUniform(values, 0.05);
    return values;
  },
};
