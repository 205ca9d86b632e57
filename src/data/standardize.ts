/** @file Standardization: each feature with mean 0 and standard deviation 1 over the rows that it was fitted on. */
import { UsageError } from "../util/index.js";
import { dataset, type Dataset } from "./dataset.js";
import { product } from "./datasetChecks.js";
import type { DatasetFields } from "./fields.js";
import { sharedFloats } from "./sharedArrays.js";

/** What was learned from rows, and what applies it to others. */
export interface Standardizer {
  /** Of each feature, scaled as the data set says. */
  readonly mean: Float64Array;
  /** What the difference from the mean is divided by: the standard deviation, 1 where it is 0. */
  readonly standardDeviation: Float64Array;
  /**
   * A data set with `(x - mean) / standardDeviation` as features, float32, and scale 1; the rest as it is.
   *
   * @throws UsageError if its rows have another shape
   */
  readonly apply: <Data extends Dataset>(data: Data) => Data;
}

/** The mean of each column of `scale * features`; with `mean`, of its squared differences from that. */
function columnMeans(
  { features, featureShape, scale }: DatasetFields,
  mean?: Float64Array,
): Float64Array {
  const columns = product(featureShape);
  const sums = new Float64Array(columns);
  // Row by row, without a remainder or a call for each of tens of millions of numbers.
  for (let start = 0; start < features.length; start += columns) {
    for (let column = 0; column < columns; column++) {
      const value = features[start + column] * scale;
      sums[column] += mean === undefined ? value : (value - mean[column]) ** 2;
    }
  }
  return sums.map((sum) => (sum * columns) / features.length);
}

/** scikit-learn's rule: a variance that rounding alone can explain is that of a constant. */
function isConstant(variance: number, mean: number, rows: number): boolean {
  const rounding = rows * mean * Number.EPSILON;
  return variance <= rows * Number.EPSILON * variance + rounding ** 2;
}

/**
 * Learns the mean and the standard deviation of each feature from these rows alone. Fit it on training rows,
 * and apply it to all others: rows that a model is judged by must not shape what it sees.
 *
 * `x = (x - mean) / sqrt(sum((x - mean)^2) / rows)`, as scikit-learn's `StandardScaler`, also for features
 * that are constant: they become 0. Weights of rows do not count.
 *
 * @example
 * const { train, validation } = mnist.train.split({ validation: 0.1, seed: 42 });
 * const standardizer = fitStandardizer(train);
 * const [standardized, held] = [train, validation].map(standardizer.apply);
 * @see scikit-learn, preprocessing/_data.py, StandardScaler
 */
export function fitStandardizer(train: Dataset): Standardizer {
  const mean = columnMeans(train);
  const variance = columnMeans(train, mean);
  const standardDeviation = variance.map((each, column) =>
    isConstant(each, mean[column], train.rows) ? 1 : Math.sqrt(each),
  );
  return {
    mean,
    standardDeviation,
    apply: (data) => standardized(data, { mean, standardDeviation, shape: train.featureShape }),
  };
}

function standardized<Data extends Dataset>(
  data: Data,
  {
    mean,
    standardDeviation,
    shape,
  }: Pick<Standardizer, "mean" | "standardDeviation"> & { readonly shape: readonly number[] },
): Data {
  const { name, features, featureShape, scale } = data;
  if (featureShape.join() !== shape.join()) {
    throw new UsageError(
      `Data set "${name}": rows must have the shape that was standardized, [${shape.join(", ")}]; ` +
        `got [${featureShape.join(", ")}].`,
    );
  }
  const changed = sharedFloats(features.length);
  for (let start = 0; start < features.length; start += mean.length) {
    for (let column = 0; column < mean.length; column++) {
      const difference = features[start + column] * scale - mean[column];
      changed[start + column] = difference / standardDeviation[column];
    }
  }
  return dataset({ ...data, features: changed, scale: 1 }) as Data;
}
