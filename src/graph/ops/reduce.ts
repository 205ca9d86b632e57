/** @file reduceSum and reduceMax: over some axes, which are dropped from the shape. */
import { UsageError } from "../../util/index.js";
import { forEachCoordinate, stridesOf } from "../define.js";
import {
  describeTensor,
  requireDType,
  sizeOf,
  type Operation,
  type Primitives,
  type Tensor,
} from "../tensor.js";

export interface ReduceAttributes {
  readonly axes: readonly number[];
}

/** The axes that a reduction keeps, in order. */
export function keptAxes(rank: number, axes: readonly number[]): number[] {
  return Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !axes.includes(axis));
}

function inferReduction(name: string): Operation["infer"] {
  return ([x], attributes) => {
    const { axes } = attributes as ReduceAttributes;
    requireDType(name, x, ["float32", "int32"]);
    const known = axes.every(
      (axis, i) => axis >= 0 && axis < x.shape.length && !axes.includes(axis, i + 1),
    );
    if (axes.length === 0 || !known) {
      throw new UsageError(
        `${name}: axes must be different axes of the input; got [${axes.join(", ")}] for ${describeTensor(x)}.`,
      );
    }
    return { shape: keptAxes(x.shape.length, axes).map((axis) => x.shape[axis]), dtype: x.dtype };
  };
}

function reduceReference(
  initial: number,
  combine: (a: number, b: number) => number,
): Operation["reference"] {
  return ([x], node) => {
    const input = node.inputs[0].shape;
    const kept = keptAxes(input.length, (node.attributes as ReduceAttributes).axes);
    const strides = stridesOf(node.shape);
    const result = new Float64Array(sizeOf(node.shape)).fill(initial);
    forEachCoordinate(input, (coordinate, index) => {
      const at = kept.reduce((sum, axis, i) => sum + coordinate[axis] * strides[i], 0);
      result[at] = combine(result[at], x[index]);
    });
    // int32 sums wrap, as they do in every backend; 2^22 terms of 2^31 are still exact here.
    return node.dtype === "int32" ? result.map((value) => value | 0) : result;
  };
}

/** Repeats a reduction's result, or its gradient, over the axes that were summed. */
function spread(ops: Primitives, node: Tensor, reduced: Tensor): Tensor {
  const { shape } = node.inputs[0];
  return ops.broadcast(reduced, {
    shape,
    axes: keptAxes(shape.length, (node.attributes as ReduceAttributes).axes),
  });
}

export const reduceSum: Operation<"reduceSum"> = {
  name: "reduceSum",
  kind: "reduction",
  infer: inferReduction("reduceSum"),
  gradient: (ops, node, upstream) => [spread(ops, node, upstream)],
  reference: reduceReference(0, (a, b) => a + b),
};

/** The largest element; NaN if any is NaN. Equal maxima share the gradient equally, as in JAX. */
export const reduceMax: Operation<"reduceMax"> = {
  name: "reduceMax",
  kind: "reduction",
  infer: inferReduction("reduceMax"),
  gradient: (ops, node, upstream) => {
    const isMaximum = ops.cast(ops.equal(node.inputs[0], spread(ops, node, node)), "float32");
    const { axes } = node.attributes as ReduceAttributes;
    const share = ops.divide(upstream, ops.reduceSum(isMaximum, axes));
    return [ops.multiply(isMaximum, spread(ops, node, share))];
  },
  reference: reduceReference(-Infinity, Math.max),
};
