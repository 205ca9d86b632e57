/**
 * @file The pass that computes before it repeats: where every input of an elementwise operation is a
 * broadcast, the operation moves inside. The bias corrections of Adam, for example, are then computed
 * once, on scalars, and not once for each weight.
 */
import { broadcast, type BroadcastAttributes } from "../ops/broadcast.js";
import { primitives } from "../ops/index.js";
import { apply, sameShape, type Tensor } from "../tensor.js";
import { rewrite, type Rule } from "./rewrite.js";

export function hoistBroadcasts(roots: readonly Tensor[]): Tensor[] {
  return rewrite(roots, [hoist]);
}

const axesOf = (node: Tensor): readonly number[] => (node.attributes as BroadcastAttributes).axes;

const hoist: Rule = (node) => {
  const { op, inputs, shape, attributes } = node;
  const repeated = inputs.every((x) => x.op === broadcast && sameShape(x.shape, shape));
  if (op.kind !== "elementwise" || inputs.length === 0 || !repeated) return node;
  // The axes along which at least one input varies.
  const axes = shape
    .map((_, axis) => axis)
    .filter((a) => inputs.some((x) => axesOf(x).includes(a)));
  if (axes.length === shape.length) return node;
  const inner = apply(
    op,
    inputs.map((x) => repeatWithin(x, axes)),
    attributes,
  );
  return primitives.broadcast(inner, { shape, axes });
};

/** The broadcast `x`, restricted to some axes of its shape, which include all along which it varies. */
function repeatWithin(x: Tensor, axes: readonly number[]): Tensor {
  const [source] = x.inputs;
  if (source.shape.length === axes.length) return source;
  return primitives.broadcast(source, {
    shape: axes.map((axis) => x.shape[axis]),
    axes: axesOf(x).map((axis) => axes.indexOf(axis)),
  });
}
