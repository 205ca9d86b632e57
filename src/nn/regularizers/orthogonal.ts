/** @file Orthogonal: a penalty on the cosines between rows, or columns, of a kernel. */
import { ops, type Tensor } from "../../graph/index.js";
import { choice, UsageError } from "../../util/index.js";
import { smoothNormOver } from "../norm.js";
import { defineRegularizer } from "./define.js";
import { strength } from "./strength.js";

/** Keeps 0 / 0 away, as Keras does. */
const EPSILON = 1e-7;

/** Vectors of length 1 as the rows of a matrix. */
function directions(weight: Tensor, mode: "rows" | "columns"): Tensor {
  const columns = weight.shape.at(-1) ?? 1;
  const size = weight.shape.reduce((product, length) => product * length, 1);
  const matrix = ops.reshape(weight, [size / columns, columns]);
  const vectors = mode === "rows" ? matrix : ops.transpose(matrix, [1, 0]);
  const norms = smoothNormOver(vectors, { who: "Orthogonal", axis: 1 });
  return ops.divide(vectors, ops.maximum(norms, EPSILON));
}

/** The mean of |cosine| over all pairs of rows. */
function meanCosine(rows: Tensor): Tensor {
  const [count] = rows.shape;
  if (count < 2) {
    throw new UsageError("Orthogonal: there must be at least two vectors; got one. Change mode.");
  }
  const cosines = ops.absolute(ops.matMul(rows, ops.transpose(rows, [1, 0])));
  const isSame = ops.equal(ops.iota([count, count], 0), ops.iota([count, count], 1));
  return ops.multiply(ops.sum(ops.select(isSame, 0, cosines)), 1 / (count * (count - 1)));
}

/**
 * `penalty = strength mean(|cosine|)` over all pairs of different rows of the kernel, or of its columns.
 *
 * Keras' `OrthogonalRegularizer`, whose `factor` is the strength here. Keras takes matrices alone; here a
 * kernel of more axes is read as the matrix [all but the last, last], so that columns are filters. The
 * cosine with a vector of zeros is 0. PyTorch has a parametrization instead.
 *
 * @param options.strength - at least 0, default 1e-4 (Keras: 0.01); 0 switches it off
 * @param options.mode - "rows" (default), the weights that go out from an input, or "columns", those that
 *   come into a unit
 * @throws UsageError, when a model is built, for a kernel with a single row or column
 * @example dense({ units: 10, kernelRegularizer: orthogonal({ strength: 0.01, mode: "columns" }) })
 */
export const orthogonal = defineRegularizer({
  kind: "orthogonal",
  title: "Orthogonal",
  params: { strength, mode: choice({ choices: ["rows", "columns"], default: "rows" }) },
  penalty: (weight, values) =>
    ops.multiply(meanCosine(directions(weight, values.mode)), values.strength),
});
