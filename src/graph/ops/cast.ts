/**
 * @file cast: to another dtype. float32 to int32 truncates towards zero, saturates at the ends of the
 * range and turns NaN into 0; bool becomes 0 or 1. Gradients flow between float32 only.
 */
import { UsageError } from "../../util/index.js";
import { describeTensor, type DType, type Operation } from "../tensor.js";

export interface CastAttributes {
  readonly dtype: DType;
}

const SUPPORTED: Readonly<Record<DType, readonly DType[]>> = {
  float32: ["float32", "int32"],
  int32: ["float32", "int32"],
  uint8: ["float32", "int32"],
  bool: ["float32", "int32"],
};

function truncate(value: number): number {
  if (Number.isNaN(value)) return 0;
  // `| 0` makes -0, which no integer is, 0.
  return Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Math.trunc(value))) | 0;
}

export const cast: Operation<"cast"> = {
  name: "cast",
  kind: "elementwise",
  samples: { range: [-9, 9], extremes: [NaN, Infinity, -Infinity, 3e9, -3e9, 0.999] },
  infer: ([x], attributes) => {
    const { dtype } = attributes as CastAttributes;
    if (!SUPPORTED[x.dtype].includes(dtype)) {
      throw new UsageError(
        `cast: ${x.dtype} must become ${SUPPORTED[x.dtype].join(" or ")}; got ${dtype} for ${describeTensor(x)}.`,
      );
    }
    return { shape: x.shape, dtype };
  },
  gradient: (_, node, upstream) => [
    node.inputs[0].dtype === "float32" && node.dtype === "float32" ? upstream : undefined,
  ],
  reference: ([x], node) =>
    node.inputs[0].dtype === "float32" && node.dtype === "int32" ? x.map(truncate) : x.slice(),
};
