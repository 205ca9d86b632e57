/** @file Rows of class scores as plain arrays, and the softmax of them without overflow. */
import { UsageError } from "../util/index.js";

/** A list of numbers, plain or typed. */
export type Numbers = ArrayLike<number>;

/** Class probabilities of labelled rows. */
export interface ClassProbabilities {
  /** Shape [rows, classes], row after row; each row adds up to 1. */
  readonly probabilities: Numbers;
  /** Shape [rows], whole numbers in [0, classes). */
  readonly labels: Numbers;
  readonly classes: number;
}

/** Class logits of labelled rows. Log-probabilities are logits, too: the softmax gives them back. */
export interface ClassLogits {
  /** Shape [rows, classes], row after row. */
  readonly logits: Numbers;
  /** Shape [rows], whole numbers in [0, classes). */
  readonly labels: Numbers;
  readonly classes: number;
}

/** How far a row of float32 probabilities may be from adding up to 1. */
const SUM_TOLERANCE = 1e-3;

function checkShape(
  who: string,
  { scores, labels, classes }: { scores: Numbers; labels: Numbers; classes: number },
): void {
  if (!Number.isInteger(classes) || classes < 2) {
    throw new UsageError(`${who}: classes must be a whole number of at least 2; got ${classes}.`);
  }
  if (labels.length === 0)
    throw new UsageError(`${who}: there must be at least one row; got none.`);
  if (scores.length !== labels.length * classes) {
    throw new UsageError(
      `${who}: there must be ${classes} numbers for each of the ${labels.length} rows; ` +
        `got ${scores.length} in all.`,
    );
  }
  checkClasses(who, labels, classes);
}

/** Refuses labels or predictions that are not whole numbers in [0, classes). */
export function checkClasses(who: string, labels: Numbers, classes: number): void {
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row];
    if (Number.isInteger(label) && label >= 0 && label < classes) continue;
    throw new UsageError(
      `${who}: a class must be a whole number in [0, ${classes - 1}]; got ${label} at row ${row}.`,
    );
  }
}

/** What a row adds up to, NaN if it holds a negative number or NaN. */
function rowSum({ probabilities, classes }: ClassProbabilities, row: number): number {
  let sum = 0;
  for (let c = 0; c < classes; c++) {
    const p = probabilities[row * classes + c];
    // NaN fails the comparison and makes the sum NaN.
    sum += p >= 0 ? p : NaN;
  }
  return sum;
}

/** Whether there are so many numbers for each row, and each row is a probability distribution. */
export function areProbabilities(rows: ClassProbabilities): boolean {
  const { probabilities, labels, classes } = rows;
  if (probabilities.length !== labels.length * classes) return false;
  return Array.from(labels).every((_, row) => Math.abs(rowSum(rows, row) - 1) <= SUM_TOLERANCE);
}

/** Refuses what does not fit together, and rows that are no probabilities. */
export function checkProbabilities(who: string, rows: ClassProbabilities): void {
  const { probabilities, labels, classes } = rows;
  checkShape(who, { scores: probabilities, labels, classes });
  for (let row = 0; row < labels.length; row++) {
    const sum = rowSum(rows, row);
    if (Math.abs(sum - 1) <= SUM_TOLERANCE) continue;
    throw new UsageError(
      `${who}: probabilities of a row must be at least 0 and add up to 1; ` +
        `row ${row} adds up to ${sum}. Apply softmax to logits first.`,
    );
  }
}

/** Refuses what does not fit together, and logits that are NaN or infinite upwards. */
export function checkLogits(who: string, { logits, labels, classes }: ClassLogits): void {
  checkShape(who, { scores: logits, labels, classes });
  for (let index = 0; index < logits.length; index++) {
    if (logits[index] < Infinity) continue;
    throw new UsageError(
      `${who}: a logit must be a number less than Infinity; got ${logits[index]} at row ` +
        `${Math.floor(index / classes)}.`,
    );
  }
}

/**
 * Log-probabilities of the rows: `z - max - log(sum(exp(z - max)))`, which neither overflows nor turns a
 * small probability into log 0.
 *
 * @returns shape [rows, classes], float64
 */
export function logSoftmax(logits: Numbers, classes: number): Float64Array {
  const result = Float64Array.from(logits);
  for (let start = 0; start < result.length; start += classes) {
    const row = result.subarray(start, start + classes);
    const most = row.reduce((a, b) => Math.max(a, b), -Infinity);
    const rest = Math.log(row.reduce((sum, z) => sum + Math.exp(z - most), 0));
    // NOTE: subtract in this order. `most` is large where `rest` has digits to lose.
    for (let c = 0; c < classes; c++) row[c] = row[c] - most - rest;
  }
  return result;
}

/** The most probable class of row `row`; of equal ones the lowest, as NumPy's argmax. */
export function argmax(
  scores: Numbers,
  { row, classes }: { row: number; classes: number },
): number {
  let best = 0;
  for (let c = 1; c < classes; c++) {
    if (scores[row * classes + c] > scores[row * classes + best]) best = c;
  }
  return best;
}

/** The most probable class of each row; of equal ones the lowest. */
export function predictedClasses(scores: Numbers, classes: number): Int32Array {
  return Int32Array.from({ length: scores.length / classes }, (_, row) =>
    argmax(scores, { row, classes }),
  );
}
