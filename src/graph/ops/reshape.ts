/** @file reshape: the same elements in row-major order under another shape. */
import { UsageError } from "../../util/index.js";
import { describeTensor, requireSizes, sizeOf, type Operation, type Shape } from "../tensor.js";

export interface ReshapeAttributes {
  readonly shape: Shape;
}

export const reshape: Operation<"reshape"> = {
  name: "reshape",
  kind: "view",
  infer: ([x], attributes) => {
    const { shape } = attributes as ReshapeAttributes;
    requireSizes("reshape", shape);
    if (sizeOf(shape) !== sizeOf(x.shape)) {
      throw new UsageError(
        `reshape: the new shape must hold ${sizeOf(x.shape)} elements; got [${shape.join(", ")}] ` +
          `(${sizeOf(shape)}) for ${describeTensor(x)}.`,
      );
    }
    return { shape, dtype: x.dtype };
  },
  gradient: (ops, node, upstream) => [ops.reshape(upstream, node.inputs[0].shape)],
  reference: ([x]) => x.slice(),
};
