/** @file iota: the position along one axis, as int32: iota([2, 3], 1) = [[0, 1, 2], [0, 1, 2]]. */
import { UsageError } from "../../util/index.js";
import { forEachCoordinate } from "../define.js";
import { requireSizes, sizeOf, type Operation, type Shape } from "../tensor.js";

export interface IotaAttributes {
  readonly shape: Shape;
  readonly axis: number;
}

export const iota: Operation<"iota"> = {
  name: "iota",
  kind: "elementwise",
  infer: (_, attributes) => {
    const { shape, axis } = attributes as IotaAttributes;
    requireSizes("iota", shape);
    if (shape[axis] === undefined) {
      throw new UsageError(
        `iota: axis must be an axis of the shape; got ${axis} for [${shape.join(", ")}].`,
      );
    }
    return { shape, dtype: "int32" };
  },
  reference: (_, node) => {
    const { axis } = node.attributes as IotaAttributes;
    const result = new Float64Array(sizeOf(node.shape));
    forEachCoordinate(node.shape, (coordinate, index) => {
      result[index] = coordinate[axis];
    });
    return result;
  },
};
