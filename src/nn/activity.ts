/** @file How often units are active: counted on the engine, where the activations are. */
import { ops, type Tensor } from "../graph/index.js";

/**
 * For each element of the last axis, at how many of the first `count` rows, and places in them, x is not
 * 0; the rows after those are padding. Exact: a batch has far fewer than 2^24 places.
 *
 * @param x - shape [rows, ..., units]
 * @param count - [], int32
 */
export function countActive(x: Tensor, count: Tensor): Tensor {
  const isRow = ops.less(ops.iota(x.shape, 0), count);
  const active = ops.select(isRow, ops.select(ops.equal(x, 0), 0, 1), 0);
  return ops.sum(
    active,
    x.shape.slice(0, -1).map((_, axis) => axis),
  );
}
