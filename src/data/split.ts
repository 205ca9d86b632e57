/** @file Which rows go where: scikit-learn's train_test_split, plain and stratified, and KFold, row by row. */
import { checkParameter, integer, UsageError } from "../util/index.js";
import { mersenneTwister, type MersenneTwister } from "./mersenneTwister.js";

export interface SplitOptions {
  /**
   * How much is held out: a fraction in (0, 1), rounded up to whole rows, or a whole number of rows,
   * as scikit-learn's `test_size`. NOTE: 1 is one row; JavaScript cannot tell it from 1.0.
   */
  readonly validation: number;
  /** scikit-learn's `random_state`, a whole number in [0, 2^32). */
  readonly seed: number;
  /** Keeps the classes' shares alike in both parts, as `stratify=labels`; default false. */
  readonly stratify?: boolean;
}

/** Row numbers of both parts, in the order scikit-learn returns them. */
export interface SplitRows {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

interface Sizes {
  readonly train: number;
  readonly validation: number;
}

export const splitParameters = {
  /** The seeds that NumPy's legacy generator takes. */
  seed: integer({ min: 0, max: 2 ** 32 - 1, default: 42 }),
};

const range = (size: number): Int32Array => Int32Array.from({ length: size }, (_, index) => index);

function splitSizes(rows: number, validation: number): Sizes {
  const isFraction = validation > 0 && validation < 1;
  const isCount = Number.isInteger(validation) && validation >= 1 && validation < rows;
  if (!isFraction && !isCount) {
    const counts = rows > 1 ? ` or a whole number of rows in [1, ${rows - 1}]` : "";
    throw new UsageError(
      `split: validation must be a fraction in (0, 1)${counts}; got ${validation} for ${rows} rows.`,
    );
  }
  const held = isFraction ? Math.ceil(validation * rows) : validation;
  if (held >= rows) {
    throw new UsageError(
      `split: validation must leave at least one row to train on; got ${validation} of ${rows} rows. ` +
        "Hold out less, or bring more rows.",
    );
  }
  return { train: rows - held, validation: held };
}

/**
 * Splits row numbers exactly as scikit-learn's `train_test_split(..., test_size=validation,
 * random_state=seed, stratify=labels if stratify else None)`.
 *
 * @param labels - one class a row; its length is the number of rows.
 * @throws UsageError if the split is impossible: a part would be empty, or with `stratify` a class has
 * fewer than two rows or a part has fewer rows than there are classes.
 * @see scikit-learn, model_selection/_split.py; a SHA-256 of its rows is in the tests
 */
export function splitRows(
  labels: Int32Array,
  { validation, seed, stratify = false }: SplitOptions,
): SplitRows {
  const generator = mersenneTwister(checkParameter("split", "seed", splitParameters.seed, seed));
  const sizes = splitSizes(labels.length, validation);
  if (stratify) return stratifiedRows(labels, sizes, generator);
  const order = generator.shuffled(range(labels.length));
  return { train: order.slice(sizes.validation), validation: order.slice(0, sizes.validation) };
}

function concatenated(parts: readonly Int32Array[]): Int32Array {
  const whole = new Int32Array(parts.reduce((length, part) => length + part.length, 0));
  let start = 0;
  for (const part of parts) {
    whole.set(part, start);
    start += part.length;
  }
  return whole;
}

/** The rows of each class that occurs, classes and rows ascending. */
function rowsByClass(labels: Int32Array): Int32Array[] {
  const rows = new Map<number, number[]>();
  labels.forEach((label, row) => {
    const ofClass = rows.get(label);
    if (ofClass === undefined) rows.set(label, [row]);
    else ofClass.push(row);
  });
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([label, ofClass]) => {
      if (ofClass.length > 1) return Int32Array.from(ofClass);
      throw new UsageError(
        `split: stratify needs at least 2 rows of each class; got 1 of class ${label}. ` +
          "Leave stratify out, or bring more rows of it.",
      );
    });
}

function checkStratifiable(classes: number, sizes: Sizes): void {
  for (const [part, rows] of Object.entries(sizes)) {
    if (rows >= classes) continue;
    throw new UsageError(
      `split: with stratify the ${part} part must have at least one row for each of the ` +
        `${classes} classes; got ${rows} rows. Choose another validation size, or leave stratify out.`,
    );
  }
}

function stratifiedRows(labels: Int32Array, sizes: Sizes, generator: MersenneTwister): SplitRows {
  const classRows = rowsByClass(labels);
  checkStratifiable(classRows.length, sizes);
  const counts = classRows.map((rows) => rows.length);
  const trainCounts = shareOut(sizes.train, counts, generator);
  const remaining = counts.map((count, index) => count - trainCounts[index]);
  const heldCounts = shareOut(sizes.validation, remaining, generator);
  const shuffled = classRows.map((rows) => generator.shuffled(rows));
  const train = shuffled.map((rows, index) => rows.subarray(0, trainCounts[index]));
  const held = shuffled.map((rows, index) =>
    rows.subarray(trainCounts[index], trainCounts[index] + heldCounts[index]),
  );
  // The order of these two draws is scikit-learn's.
  const mixedTrain = generator.shuffled(concatenated(train));
  return { train: mixedTrain, validation: generator.shuffled(concatenated(held)) };
}

/**
 * Whole numbers that add up to `total` and are as near as can be to proportional to `counts`
 * (scikit-learn's `_approximate_mode`): round down, then one more for the largest remainders, ties
 * broken by chance.
 */
function shareOut(total: number, counts: readonly number[], generator: MersenneTwister): number[] {
  const sum = counts.reduce((a, b) => a + b, 0);
  // NOTE: divide first. Remainders are compared for equality, and the other order rounds differently.
  const exact = counts.map((count) => (count / sum) * total);
  const shares = exact.map(Math.floor);
  const remainders = exact.map((value, index) => value - shares[index]);
  let missing = total - shares.reduce((a, b) => a + b, 0);
  for (const value of [...new Set(remainders)].sort((a, b) => b - a)) {
    if (missing === 0) break;
    const tied = range(counts.length).filter((index) => remainders[index] === value);
    const chosen = generator.shuffled(tied).subarray(0, missing);
    for (const index of chosen) shares[index]++;
    missing -= chosen.length;
  }
  return shares;
}

/**
 * Cuts row numbers into folds exactly as scikit-learn's `KFold(folds, shuffle=True, random_state=seed)`:
 * each row is held out once, and rows within a part ascend.
 *
 * @param options - `rows`, at least `folds`; `folds`, at least 2; `seed`, a whole number in [0, 2^32).
 * @throws UsageError naming the number out of range.
 */
export function kFold(options: { rows: number; folds: number; seed: number }): SplitRows[] {
  const { rows } = options;
  const seed = checkParameter("kFold", "seed", splitParameters.seed, options.seed);
  const foldRange = integer({ min: 2, max: rows, default: 5, advice: "No fold may be empty." });
  const folds = checkParameter("kFold", "folds", foldRange, options.folds);
  const order = mersenneTwister(seed).shuffled(range(rows));
  let start = 0;
  return Array.from({ length: folds }, (_, fold) => {
    const end = start + Math.floor(rows / folds) + (fold < rows % folds ? 1 : 0);
    const held = order.slice(start, end).sort();
    const train = order.filter((_row, place) => place < start || place >= end).sort();
    start = end;
    return { train, validation: held };
  });
}
