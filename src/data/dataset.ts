/** @file A data set: features as they were read (bytes stay bytes), labels or targets, and how to scale. */
import { UsageError } from "../util/index.js";
import { checkFields, product, rowsOf } from "./datasetChecks.js";
import type { DatasetFields, LabelledFields, TargetFields } from "./fields.js";
import { sharedBytes, sharedFloats, sharedIntegers } from "./sharedArrays.js";
import { splitRows, type SplitOptions } from "./split.js";

interface DatasetMethods<Self> {
  readonly rows: number;
  /**
   * A data set of its own with the named rows, in that order; a row may be named more than once.
   *
   * @throws UsageError if a row number is outside [0, rows), or none is given.
   */
  take(rowIndices: Int32Array): Self;
  /**
   * Splits into a part to train on and a part held out, with scikit-learn's own rows.
   *
   * @throws UsageError see {@link splitRows}; and for `stratify` without labels
   */
  split(options: SplitOptions): { readonly train: Self; readonly validation: Self };
}

/** A checked data set with labels. */
export interface LabelledDataset extends LabelledFields, DatasetMethods<LabelledDataset> {}
/** A checked data set with numbers as targets. */
export interface TargetDataset extends TargetFields, DatasetMethods<TargetDataset> {}
/** A checked data set. To send one to a worker, take its {@link datasetFields}: functions do not travel. */
export type Dataset = LabelledDataset | TargetDataset;

/**
 * Makes a data set out of its plain data, after checking all of it.
 *
 * The arrays are used as they are, not copied.
 *
 * @throws UsageError naming the array whose length is wrong, or the first row with a label outside
 * [0, classes), or a feature or target that is not a finite number.
 */
export function dataset(fields: LabelledFields): LabelledDataset;
export function dataset(fields: TargetFields): TargetDataset;
export function dataset(fields: DatasetFields): Dataset;
export function dataset(fields: DatasetFields): Dataset {
  checkFields(`Data set "${fields.name}"`, fields);
  return "labels" in fields ? withMethods(fields) : withMethods(fields);
}

/** The plain data alone, ready for `postMessage`. */
export function datasetFields(data: DatasetFields): DatasetFields {
  const { name, features, featureShape, scale, sampleWeights } = data;
  const common = { name, features, featureShape, scale, ...(sampleWeights && { sampleWeights }) };
  return "labels" in data
    ? { ...common, labels: data.labels, classes: data.classes }
    : { ...common, targets: data.targets, targetShape: data.targetShape };
}

type WithMethods<Fields> = Fields & DatasetMethods<WithMethods<Fields>>;

function withMethods<Fields extends DatasetFields>(fields: Fields): WithMethods<Fields> {
  const take = (rowIndices: Int32Array): WithMethods<Fields> =>
    withMethods(takeRows(fields, rowIndices));
  return {
    ...(datasetFields(fields) as Fields),
    rows: rowsOf(fields),
    take,
    split: (options) => {
      const { train, validation } = splitRows(labelsToSplit(fields, options), options);
      return { train: take(train), validation: take(validation) };
    },
  };
}

/** A split looks at labels if it stratifies, and at their number alone if not. */
function labelsToSplit(fields: DatasetFields, { stratify = false }: SplitOptions): Int32Array {
  if ("labels" in fields) return fields.labels;
  if (!stratify) return new Int32Array(rowsOf(fields));
  throw new UsageError(
    `Data set "${fields.name}": stratify must come with labels; got numbers as targets. Leave it out.`,
  );
}

function takeRows<Fields extends DatasetFields>(fields: Fields, rowIndices: Int32Array): Fields {
  checkRows(fields.name, rowIndices, rowsOf(fields));
  const take = <A extends Uint8Array | Float32Array | Int32Array>(array: A, size = 1): A =>
    takeFrom(array, size, rowIndices);
  const taken = {
    features: take(fields.features, product(fields.featureShape)),
    ...(fields.sampleWeights && { sampleWeights: take(fields.sampleWeights) }),
    ...("labels" in fields
      ? { labels: take(fields.labels) }
      : { targets: take(fields.targets, product(fields.targetShape)) }),
  };
  return { ...fields, ...taken };
}

/** Rows of `size` numbers, copied to shared memory. */
function takeFrom<A extends Uint8Array | Float32Array | Int32Array>(
  array: A,
  size: number,
  rowIndices: Int32Array,
): A {
  const taken = emptyLike(array, rowIndices.length * size);
  rowIndices.forEach((row, place) => {
    taken.set(array.subarray(row * size, (row + 1) * size), place * size);
  });
  return taken as A;
}

function emptyLike(
  array: Uint8Array | Float32Array | Int32Array,
  length: number,
): Uint8Array | Float32Array | Int32Array {
  if (array instanceof Uint8Array) return sharedBytes(length);
  return array instanceof Float32Array ? sharedFloats(length) : sharedIntegers(length);
}

function checkRows(name: string, rowIndices: Int32Array, rows: number): void {
  const who = `Data set "${name}"`;
  if (rowIndices.length === 0)
    throw new UsageError(`${who}: take needs at least one row; got none.`);
  const wrong = rowIndices.find((row) => row < 0 || row >= rows);
  if (wrong === undefined) return;
  throw new UsageError(`${who}: a row number must be in [0, ${rows - 1}]; got ${wrong}.`);
}
