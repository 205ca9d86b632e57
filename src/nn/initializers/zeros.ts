/** @file Zeros: the default of biases. */
import { drawEach, type Initializer } from "./define.js";

export const zeros: Initializer = {
  name: "zeros",
  fill: (shape) => drawEach(shape, () => 0),
};
