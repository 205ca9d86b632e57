/** @file What constraints on norms share: vectors scaled to a length that depends on the one they have. */
import { ops, type Tensor } from "../../graph/index.js";
import { normOver, type NormOptions } from "../norm.js";

/** Keeps 0 / 0 away, as Keras does; it shrinks each vector by 1e-7 / norm. */
const EPSILON = 1e-7;

/** `w desired(norm) / (1e-7 + norm)` for each vector along the axes. Vectors of zeros stay so. */
export function rescale(
  weight: Tensor,
  options: NormOptions,
  desired: (norm: Tensor) => Tensor | number,
): Tensor {
  const norm = normOver(weight, options);
  return ops.multiply(weight, ops.divide(desired(norm), ops.add(norm, EPSILON)));
}
