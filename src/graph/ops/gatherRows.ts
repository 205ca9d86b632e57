/**
 * @file gatherRows: rows of a table by number: result[i, ...] = table[rows[i], ...]. Row numbers must
 * lie in the table; whoever writes them checks that, kernels do not.
 */
import { UsageError } from "../../util/index.js";
import { describeTensor, sizeOf, type Operation } from "../tensor.js";

export const gatherRows: Operation<"gatherRows"> = {
  name: "gatherRows",
  kind: "gather",
  infer: ([table, rows]) => {
    if (rows.dtype !== "int32" || rows.shape.length !== 1 || table.shape.length === 0) {
      throw new UsageError(
        `gatherRows: rows must be [n] int32 and the table must have rows; got ${describeTensor(rows)} ` +
          `into ${describeTensor(table)}.`,
      );
    }
    return { shape: [rows.shape[0], ...table.shape.slice(1)], dtype: table.dtype };
  },
  // A row's gradient is the sum over its occurrences.
  gradient: (ops, { inputs: [table, rows] }, upstream) =>
    table.dtype === "float32"
      ? [ops.scatterRows(upstream, rows, { size: table.shape[0] }), undefined]
      : [undefined, undefined],
  reference: ([table, rows], node) => {
    const width = sizeOf(node.shape.slice(1));
    const result = new Float64Array(sizeOf(node.shape));
    rows.forEach((row, i) => result.set(table.subarray(row * width, (row + 1) * width), i * width));
    return result;
  },
};
