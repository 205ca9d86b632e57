/** @file The checks of a data set's arrays, and the sentence for each way in which they do not fit. */
import { checkParameter, integer, real, UsageError } from "../util/index.js";
import type { DatasetFields, LabelledFields, TargetFields } from "./fields.js";

const CLASSES = integer({ min: 2, default: 2 });
const SCALE = real({ min: 0, minOpen: true, default: 1 });
const LENGTH = integer({ min: 1, default: 1 });

export const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

function checkShape(who: string, name: string, shape: readonly number[]): void {
  shape.forEach((length, axis) => {
    checkParameter(who, `${name}[${axis}]`, LENGTH, length);
  });
}

/** Throws unless an array of so many rows has the right length. */
function checkLength(
  who: string,
  rows: { readonly count: number; readonly noun: string },
  { name, array, shape }: { name: string; array: ArrayLike<number>; shape: readonly number[] },
): void {
  checkShape(who, `${name.slice(0, -1)}Shape`, shape);
  const wanted = rows.count * product(shape);
  if (array.length === wanted) return;
  throw new UsageError(
    `${who}: ${name} must hold ${wanted} numbers, for ${rows.count} ${rows.noun} and shape ` +
      `[${shape.join(", ")}]; got ${array.length}.`,
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

function checkFinite(
  who: string,
  { name, array, shape }: { name: string; array: Float32Array; shape: readonly number[] },
): void {
  const index = array.findIndex((value) => !Number.isFinite(value));
  if (index === -1) return;
  const size = product(shape);
  throw new UsageError(
    `${who}: ${name} must be finite numbers; got ${array[index]} in row ` +
      `${Math.floor(index / size)}, ${name.slice(0, -1)} ${index % size}. Fill or remove it first.`,
  );
}

function checkWeights(who: string, { sampleWeights }: DatasetFields, rows: number): void {
  if (!sampleWeights) return;
  const row = sampleWeights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (sampleWeights.length === rows && row === -1) return;
  const got = row === -1 ? `${sampleWeights.length}` : `${sampleWeights[row]} in row ${row}`;
  throw new UsageError(
    `${who}: sampleWeights must be one finite number of at least 0 for each of the ${rows} rows; got ${got}.`,
  );
}

/** Rows, by what is counted in whole: labels, or targets of a known shape. */
export function rowsOf(fields: DatasetFields): number {
  return "labels" in fields
    ? fields.labels.length
    : Math.floor(fields.targets.length / product(fields.targetShape));
}

function checkLabelled(who: string, { labels, classes }: LabelledFields): void {
  checkParameter(who, "classes", CLASSES, classes);
  checkLabels(who, labels, classes);
}

function checkTargets(who: string, fields: TargetFields, count: number): void {
  const given = { name: "targets", array: fields.targets, shape: fields.targetShape };
  checkLength(who, { count, noun: "rows" }, given);
  checkFinite(who, given);
}

/**
 * @throws UsageError naming the array whose length is wrong, or the first row with a label outside
 * [0, classes) or a feature or target that is not a finite number.
 */
export function checkFields(who: string, fields: DatasetFields): void {
  checkParameter(who, "scale", SCALE, fields.scale);
  const isLabelled = "labels" in fields;
  if (!isLabelled) checkShape(who, "targetShape", fields.targetShape);
  const count = rowsOf(fields);
  if (count === 0) throw new UsageError(`${who}: there must be at least one row; got none.`);
  const { features, featureShape: shape } = fields;
  const given = { name: "features", array: features, shape };
  checkLength(who, { count, noun: isLabelled ? "labels" : "rows of targets" }, given);
  if (isLabelled) checkLabelled(who, fields);
  else checkTargets(who, fields, count);
  checkWeights(who, fields, count);
  if (features instanceof Float32Array) checkFinite(who, { ...given, array: features });
}
