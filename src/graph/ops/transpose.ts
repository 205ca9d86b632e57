/** @file transpose: axis i of the result is axis permutation[i] of the input. */
import { UsageError } from "../../util/index.js";
import { forEachCoordinate, stridesOf } from "../define.js";
import { describeTensor, sizeOf, type Operation } from "../tensor.js";

export interface TransposeAttributes {
  readonly permutation: readonly number[];
}

export const transpose: Operation<"transpose"> = {
  name: "transpose",
  kind: "view",
  infer: ([x], attributes) => {
    const { permutation } = attributes as TransposeAttributes;
    const sorted = [...permutation].sort((a, b) => a - b);
    if (sorted.length !== x.shape.length || sorted.some((axis, index) => axis !== index)) {
      throw new UsageError(
        `transpose: permutation must name each axis once; got [${permutation.join(", ")}] for ${describeTensor(x)}.`,
      );
    }
    return { shape: permutation.map((axis) => x.shape[axis]), dtype: x.dtype };
  },
  gradient: (ops, node, upstream) => {
    const { permutation } = node.attributes as TransposeAttributes;
    return [
      ops.transpose(
        upstream,
        permutation.map((_, axis) => permutation.indexOf(axis)),
      ),
    ];
  },
  reference: ([x], node) => {
    const { permutation } = node.attributes as TransposeAttributes;
    const strides = stridesOf(node.inputs[0].shape);
    const result = new Float64Array(sizeOf(node.shape));
    forEachCoordinate(node.shape, (coordinate, index) => {
      result[index] =
        x[coordinate.reduce((sum, c, axis) => sum + c * strides[permutation[axis]], 0)];
    });
    return result;
  },
};
