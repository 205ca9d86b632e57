/** @file Zeros: the default of biases. */
import { sizeOf } from "../../graph/index.js";
import type { Initializer } from "./define.js";

export const zeros: Initializer = {
  name: "zeros",
  fill: (shape) => new Float32Array(sizeOf(shape)),
};
