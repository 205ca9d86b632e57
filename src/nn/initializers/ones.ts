/** @file Ones: the default of the scales of normalization layers. */
import { drawEach, type Initializer } from "./define.js";

export const ones: Initializer = {
  name: "ones",
  fill: (shape) => drawEach(shape, () => 1),
};
