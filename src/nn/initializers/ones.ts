/** @file Ones: the default of the scales of normalization layers. */
import { sizeOf } from "../../graph/index.js";
import type { Initializer } from "./define.js";

export const ones: Initializer = {
  name: "ones",
  fill: (shape) => new Float32Array(sizeOf(shape)).fill(1),
};
