/** @file broadcast: repeats a tensor along new axes; its own axis i becomes axis axes[i] of the result. */
import { UsageError } from "../../util/index.js";
import { forEachCoordinate, stridesOf } from "../define.js";
import { describeTensor, requireSizes, sizeOf, type Operation, type Shape } from "../tensor.js";

export interface BroadcastAttributes {
  readonly shape: Shape;
  readonly axes: readonly number[];
}

export const broadcast: Operation<"broadcast"> = {
  name: "broadcast",
  kind: "view",
  infer: ([x], attributes) => {
    const { shape, axes } = attributes as BroadcastAttributes;
    requireSizes("broadcast", shape);
    const fits =
      axes.length === x.shape.length &&
      axes.every((axis, i) => shape[axis] === x.shape[i] && (i === 0 || axis > axes[i - 1]));
    if (!fits) {
      throw new UsageError(
        `broadcast: axes must increase and match the sizes; got axes [${axes.join(", ")}] ` +
          `from ${describeTensor(x)} to [${shape.join(", ")}].`,
      );
    }
    return { shape, dtype: x.dtype };
  },
  gradient: (ops, node, upstream) => {
    const { axes, shape } = node.attributes as BroadcastAttributes;
    const repeated = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
    return [repeated.length === 0 ? upstream : ops.reduceSum(upstream, repeated)];
  },
  reference: ([x], node) => {
    const { axes } = node.attributes as BroadcastAttributes;
    const strides = stridesOf(node.inputs[0].shape);
    const result = new Float64Array(sizeOf(node.shape));
    forEachCoordinate(node.shape, (coordinate, index) => {
      result[index] = x[axes.reduce((sum, axis, i) => sum + coordinate[axis] * strides[i], 0)];
    });
    return result;
  },
};
