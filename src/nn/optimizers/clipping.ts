/** @file Gradient clipping: by value, by the norm of each gradient, by the norm of all. */
import { ops, type Tensor } from "../../graph/index.js";
import { UsageError } from "../../util/index.js";
import type { SharedValues } from "./shared.js";

const sumOfSquares = (x: Tensor): Tensor => ops.sum(ops.square(x));

/** The Euclidean norm of all elements of at least one tensor. */
export const globalNorm = (tensors: readonly Tensor[]): Tensor =>
  ops.sqrt(tensors.map(sumOfSquares).reduce((sum, square) => ops.add(sum, square)));

/** x scaled so that a vector of this norm gets at most the limit: `x limit / max(norm, limit)`. */
const scaleDown = (x: Tensor, norm: Tensor, limit: number): Tensor =>
  ops.multiply(x, ops.divide(limit, ops.maximum(norm, limit)));

/** Throws unless at most one way of clipping is asked for, as in Keras. */
export function checkClipping(title: string, values: SharedValues): void {
  const given = (["clipValue", "clipNorm", "globalClipNorm"] as const).filter(
    (name) => values[name] !== undefined,
  );
  if (given.length <= 1) return;
  throw new UsageError(
    `${title}: at most one of clipValue, clipNorm and globalClipNorm must be given; got ${given.join(" and ")}.`,
  );
}

/**
 * The gradients after clipping. Norms are Euclidean. PyTorch divides by `norm + 1e-6`, which scales a
 * little further than to the limit.
 *
 * @see Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks, 2013
 */
export function clipGradients(
  gradients: readonly Tensor[],
  { clipValue, clipNorm, globalClipNorm }: SharedValues,
): readonly Tensor[] {
  if (clipValue !== undefined) {
    return gradients.map((x) => ops.maximum(ops.minimum(x, clipValue), -clipValue));
  }
  if (clipNorm !== undefined) {
    return gradients.map((x) => scaleDown(x, globalNorm([x]), clipNorm));
  }
  if (globalClipNorm !== undefined && gradients.length > 0) {
    const norm = globalNorm(gradients);
    return gradients.map((x) => scaleDown(x, norm, globalClipNorm));
  }
  return gradients;
}
