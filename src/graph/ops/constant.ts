/** @file constant: one number, of shape []. */
import { UsageError } from "../../util/index.js";
import type { DType, Operation } from "../tensor.js";

export interface ConstantAttributes {
  readonly value: number;
  readonly dtype: DType;
}

const RANGES: Readonly<Record<DType, readonly [number, number]>> = {
  float32: [-Infinity, Infinity],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint8: [0, 255],
  bool: [0, 1],
};

export const constant: Operation<"constant"> = {
  name: "constant",
  kind: "source",
  infer: (_, attributes) => {
    const { value, dtype } = attributes as ConstantAttributes;
    const [min, max] = RANGES[dtype];
    if (dtype !== "float32" && !(Number.isInteger(value) && value >= min && value <= max)) {
      throw new UsageError(
        `constant: value must be a whole number in [${min}, ${max}] for ${dtype}; got ${value}.`,
      );
    }
    return { shape: [], dtype };
  },
  reference: (_, node) => Float64Array.of((node.attributes as ConstantAttributes).value),
};
