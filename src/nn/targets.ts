/** @file What rows should give: class labels or numbers, on the host and as tensors of a batch. */
import { ops, sizeOf, variable, type Shape, type Tensor, type Variable } from "../graph/index.js";

/** What the rows of a batch should give. */
export type Target =
  | {
      /** Class of each row, in [0, classes); shape [rows], int32. */
      readonly labels: Tensor;
      readonly classes: number;
    }
  | {
      /** Of the network's output's shape, float32. */
      readonly values: Tensor;
    };

/** What all rows should give, row-major. */
export type Truth =
  | { readonly labels: Int32Array; readonly classes: number }
  | { readonly targets: Float32Array; readonly targetShape: Shape };

/** A variable for the targets of so many rows: [rows] int32 for labels, else [rows, size] float32. */
export function targetVariable(name: string, truth: Truth, rows: number): Variable {
  return "labels" in truth
    ? variable({ name, shape: [rows], dtype: "int32", purpose: "data" })
    : variable({ name, shape: [rows, sizeOf(truth.targetShape)], purpose: "data" });
}

/** What is written into it. */
export const targetValues = (truth: Truth): Int32Array | Float32Array =>
  "labels" in truth ? truth.labels : truth.targets;

/** The target of a batch, from rows of a {@link targetVariable}. */
export function readTarget(truth: Truth, stored: Tensor): Target {
  if ("labels" in truth) return { labels: stored, classes: truth.classes };
  return { values: ops.reshape(stored, [stored.shape[0], ...truth.targetShape]) };
}

/** What two truths have in common if one program can read both. */
export const targetKey = (truth: Truth): string =>
  "labels" in truth ? `labels ${truth.classes}` : `targets ${truth.targetShape.join("x")}`;

/**
 * The target as numbers of the output's shape. Of labels: for one unit the label itself, 0 or 1; for a
 * unit per class, 1 at the label and 0 elsewhere.
 */
export function targetNumbers(target: Target, output: Tensor): Tensor {
  if ("values" in target) return target.values;
  const { labels } = target;
  if (sizeOf(output.shape) === labels.shape[0]) {
    return ops.reshape(ops.cast(labels, "float32"), output.shape);
  }
  return ops.cast(ops.equal(ops.iota(output.shape, 1), ops.keepLast(labels)), "float32");
}
