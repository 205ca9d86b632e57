/** @file A labelled data set: features as they were read (bytes stay bytes), class labels, and how to scale. */
import { checkParameter, integer, real, UsageError } from "../util/index.js";
import { sharedBytes, sharedFloats, sharedIntegers } from "./sharedArrays.js";
import { splitRows, type SplitOptions } from "./split.js";

/** The plain data of a data set; it can be sent to a worker, without a copy if its arrays are shared. */
export interface DatasetFields {
  readonly name: string;
  /** Row-major, without padding: row r starts at r * product(featureShape). */
  readonly features: Uint8Array | Float32Array;
  /** The shape of one row: [28, 28] for an image, [4] for four numbers. */
  readonly featureShape: readonly number[];
  /** A feature's value for the network is its stored number times this: 1 / 255 for bytes of an image. */
  readonly scale: number;
  /** Class of each row, in [0, classes). */
  readonly labels: Int32Array;
  readonly classes: number;
}

/** A checked data set. To send one to a worker, take its {@link datasetFields}: functions do not travel. */
export interface Dataset extends DatasetFields {
  readonly rows: number;
  /**
   * A data set of its own with the named rows, in that order; a row may be named more than once.
   *
   * @throws UsageError if a row number is outside [0, rows), or none is given.
   */
  take(rowIndices: Int32Array): Dataset;
  /**
   * Splits into a part to train on and a part held out, with scikit-learn's own rows.
   *
   * @throws UsageError see {@link splitRows}
   */
  split(options: SplitOptions): { readonly train: Dataset; readonly validation: Dataset };
}

const CLASSES = integer({ min: 2, default: 2 });
const SCALE = real({ min: 0, minOpen: true, default: 1 });
const LENGTH = integer({ min: 1, default: 1 });

const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/**
 * Makes a data set out of its plain data, after checking all of it.
 *
 * The arrays are used as they are, not copied.
 *
 * @throws UsageError naming the array whose length is wrong, or the first row with a label outside
 * [0, classes) or a feature that is not a finite number.
 */
export function dataset(fields: DatasetFields): Dataset {
  const who = `Data set "${fields.name}"`;
  checkParameter(who, "classes", CLASSES, fields.classes);
  checkParameter(who, "scale", SCALE, fields.scale);
  checkLengths(who, fields);
  checkLabels(who, fields.labels, fields.classes);
  checkFinite(who, fields);
  return withMethods(fields);
}

/** The plain data alone, ready for `postMessage`. */
export function datasetFields(data: DatasetFields): DatasetFields {
  const { name, features, featureShape, scale, labels, classes } = data;
  return { name, features, featureShape, scale, labels, classes };
}

function checkLengths(who: string, { features, featureShape, labels }: DatasetFields): void {
  featureShape.forEach((length, axis) => {
    checkParameter(who, `featureShape[${axis}]`, LENGTH, length);
  });
  if (labels.length === 0)
    throw new UsageError(`${who}: there must be at least one row; got none.`);
  const wanted = labels.length * product(featureShape);
  if (features.length === wanted) return;
  throw new UsageError(
    `${who}: features must hold ${wanted} numbers, for ${labels.length} labels and shape ` +
      `[${featureShape.join(", ")}]; got ${features.length}.`,
  );
}

/**
 * @param who - the subject of the sentence: a data set or a file.
 * @throws UsageError naming the first row whose label is not a class.
 */
export function checkLabels(who: string, labels: Int32Array, classes: number): void {
  const row = labels.findIndex((label) => label < 0 || label >= classes);
  if (row === -1) return;
  throw new UsageError(
    `${who}: the label of row ${row} must be a whole number in [0, ${classes - 1}]; ` +
      `got ${labels[row]}. Correct the label, or raise the number of classes.`,
  );
}

function checkFinite(who: string, { features, featureShape }: DatasetFields): void {
  if (features instanceof Uint8Array) return;
  const index = features.findIndex((value) => !Number.isFinite(value));
  if (index === -1) return;
  const size = product(featureShape);
  throw new UsageError(
    `${who}: features must be finite numbers; got ${features[index]} in row ` +
      `${Math.floor(index / size)}, feature ${index % size}. Fill or remove it first.`,
  );
}

function withMethods(fields: DatasetFields): Dataset {
  const take = (rowIndices: Int32Array): Dataset => withMethods(takeRows(fields, rowIndices));
  return {
    ...datasetFields(fields),
    rows: fields.labels.length,
    take,
    split: (options) => {
      const { train, validation } = splitRows(fields.labels, options);
      return { train: take(train), validation: take(validation) };
    },
  };
}

function takeRows(fields: DatasetFields, rowIndices: Int32Array): DatasetFields {
  const { features, labels } = fields;
  checkRows(fields.name, rowIndices, labels.length);
  const size = product(fields.featureShape);
  const taken = emptyLike(features, rowIndices.length * size);
  rowIndices.forEach((row, place) => {
    taken.set(features.subarray(row * size, (row + 1) * size), place * size);
  });
  const takenLabels = sharedIntegers(rowIndices.length);
  takenLabels.set(rowIndices.map((row) => labels[row]));
  return { ...fields, features: taken, labels: takenLabels };
}

const emptyLike = (
  features: Uint8Array | Float32Array,
  length: number,
): Uint8Array | Float32Array =>
  features instanceof Uint8Array ? sharedBytes(length) : sharedFloats(length);

function checkRows(name: string, rowIndices: Int32Array, rows: number): void {
  const who = `Data set "${name}"`;
  if (rowIndices.length === 0)
    throw new UsageError(`${who}: take needs at least one row; got none.`);
  const wrong = rowIndices.find((row) => row < 0 || row >= rows);
  if (wrong === undefined) return;
  throw new UsageError(`${who}: a row number must be in [0, ${rows - 1}]; got ${wrong}.`);
}
