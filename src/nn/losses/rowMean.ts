/** @file The mean of a row's elements. */
import { ops, sizeOf, type Tensor } from "../../graph/index.js";

/** [rows, ...] to [rows]. */
export function rowMean(elements: Tensor): Tensor {
  const [rows] = elements.shape;
  return ops.mean(ops.reshape(elements, [rows, sizeOf(elements.shape) / rows]), [-1]);
}
