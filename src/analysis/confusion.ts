/** @file Which classes are taken for which. */
import { checkParameter, integer, UsageError } from "../util/index.js";
import { checkClasses, type Numbers } from "./rows.js";

export interface Confusion {
  readonly classes: number;
  /** Shape [classes, classes], row after row: rows of class `label` (first axis) predicted as the second. */
  readonly counts: Int32Array;
}

/** Rows of class `label` that were predicted as `predicted`. */
export interface ConfusedPair {
  readonly label: number;
  readonly predicted: number;
  readonly rows: number;
  /** Of all rows of class `label`. */
  readonly share: number;
}

/**
 * Counts of every label and prediction; labels down, predictions across, as scikit-learn's
 * `confusion_matrix`.
 *
 * @param predictions - predicted class of each row
 * @param options - `labels` [rows]; `classes`
 * @throws UsageError if lengths differ, or a class is out of range.
 */
export function confusionMatrix(
  predictions: Numbers,
  { labels, classes }: { labels: Numbers; classes: number },
): Confusion {
  checkClasses("confusionMatrix", labels, classes);
  checkClasses("confusionMatrix", predictions, classes);
  if (predictions.length !== labels.length) {
    throw new UsageError(
      "confusionMatrix: there must be one prediction for each label; got " +
        `${predictions.length} and ${labels.length}.`,
    );
  }
  const counts = new Int32Array(classes * classes);
  for (let row = 0; row < labels.length; row++) counts[labels[row] * classes + predictions[row]]++;
  return { classes, counts };
}

const MOST = integer({ min: 1, default: 10 });

/**
 * The confusions that happen most, most frequent first; of equally many, lower classes first. Confusions
 * that never happened are left out.
 *
 * @param options - `most`: how many at most, default 10
 * @throws UsageError if `most` is not a whole number of at least 1.
 */
export function mostConfused(
  { classes, counts }: Confusion,
  options: { most?: number } = {},
): ConfusedPair[] {
  const most = checkParameter("mostConfused", "most", MOST, options.most ?? MOST.default);
  const ofClass = (label: number): number =>
    counts.subarray(label * classes, (label + 1) * classes).reduce((sum, rows) => sum + rows, 0);
  return Array.from(counts, (rows, cell) => {
    const label = Math.floor(cell / classes);
    return { label, predicted: cell % classes, rows, share: rows / ofClass(label) };
  })
    .filter(({ label, predicted, rows }) => rows > 0 && label !== predicted)
    .sort((a, b) => b.rows - a.rows)
    .slice(0, most);
}
