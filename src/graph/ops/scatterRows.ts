/**
 * @file scatterRows: sums of rows by number: result[r, ...] = sum of x[i, ...] over all i with rows[i] = r, in
 * the order of i; 0 where there is none. TensorFlow calls it unsorted_segment_sum. Row numbers must lie in
 * the result; whoever writes them checks that, kernels do not.
 */
import { UsageError } from "../../util/index.js";
import { describeTensor, requireDType, requireSizes, sizeOf, type Operation } from "../tensor.js";

export interface ScatterRowsAttributes {
  /** Rows of the result. */
  readonly size: number;
}

export const scatterRows: Operation<"scatterRows"> = {
  name: "scatterRows",
  kind: "scatter",
  infer: ([x, rows], attributes) => {
    const { size } = attributes as ScatterRowsAttributes;
    requireDType("scatterRows", x, ["float32"]);
    if (rows.dtype !== "int32" || rows.shape.length !== 1 || rows.shape[0] !== x.shape[0]) {
      throw new UsageError(
        `scatterRows: rows must be int32, one for each row of the input; got ${describeTensor(rows)} ` +
          `for ${describeTensor(x)}.`,
      );
    }
    requireSizes("scatterRows", [size]);
    return { shape: [size, ...x.shape.slice(1)], dtype: "float32" };
  },
  gradient: (ops, { inputs: [, rows] }, upstream) => [ops.gatherRows(upstream, rows), undefined],
  reference: ([x, rows], node) => {
    const width = sizeOf(node.shape.slice(1));
    const result = new Float64Array(sizeOf(node.shape));
    rows.forEach((row, i) => {
      for (let column = 0; column < width; column++) {
        result[row * width + column] += x[i * width + column];
      }
    });
    return result;
  },
};
