/** @file matMul: the product of two matrices, each of which may be read transposed. */
import { UsageError } from "../../util/index.js";
import { describeTensor, type Operation, type Shape } from "../tensor.js";

export interface MatMulAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Rows, columns and inner size of a product. */
export function matMulSizes(
  a: Shape,
  b: Shape,
  { transposeA, transposeB }: MatMulAttributes,
): { rows: number; columns: number; inner: number; innerB: number } {
  const [rows, inner] = transposeA ? [a[1], a[0]] : [a[0], a[1]];
  const [innerB, columns] = transposeB ? [b[1], b[0]] : [b[0], b[1]];
  return { rows, columns, inner, innerB };
}

export const matMul: Operation<"matMul"> = {
  name: "matMul",
  kind: "contraction",
  infer: ([a, b], attributes) => {
    const shapes = `got [${a.shape.join(", ")}] x [${b.shape.join(", ")}]`;
    if (
      a.shape.length !== 2 ||
      b.shape.length !== 2 ||
      a.dtype !== "float32" ||
      b.dtype !== "float32"
    ) {
      throw new UsageError(
        `matMul: both inputs must be float32 matrices; got ${describeTensor(a)} and ${describeTensor(b)}.`,
      );
    }
    const { rows, columns, inner, innerB } = matMulSizes(
      a.shape,
      b.shape,
      attributes as MatMulAttributes,
    );
    if (inner !== innerB) {
      throw new UsageError(`matMul: inner sizes must agree; ${shapes} (${inner} vs ${innerB}).`);
    }
    return { shape: [rows, columns], dtype: "float32" };
  },
  gradient: (ops, node, upstream) => {
    const [a, b] = node.inputs;
    const { transposeA, transposeB } = node.attributes as MatMulAttributes;
    return [
      transposeA
        ? ops.matMul(b, upstream, { transposeA: transposeB, transposeB: true })
        : ops.matMul(upstream, b, { transposeB: !transposeB }),
      transposeB
        ? ops.matMul(upstream, a, { transposeA: true, transposeB: transposeA })
        : ops.matMul(a, upstream, { transposeA: !transposeA }),
    ];
  },
  reference: ([a, b], node) => {
    const { transposeA, transposeB } = node.attributes as MatMulAttributes;
    const [left, right] = node.inputs;
    const { rows, columns, inner } = matMulSizes(left.shape, right.shape, {
      transposeA,
      transposeB,
    });
    const result = new Float64Array(rows * columns);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        let sum = 0;
        for (let k = 0; k < inner; k++) {
          sum +=
            a[transposeA ? k * rows + i : i * inner + k] *
            b[transposeB ? j * inner + k : k * columns + j];
        }
        result[i * columns + j] = sum;
      }
    }
    return result;
  },
};
