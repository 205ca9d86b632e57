/** @file Reads a whole set of predictions: classes, units that say yes, and true numbers, in float64. */
import type { PredictedSet } from "./define.js";

export type SetKind = Omit<PredictedSet, "outputs" | "rows">;

/** Whether each unit is a question of its own: one unit for two classes, or several labels for a row. */
export const asksEachUnit = ({ width, truth, probability }: SetKind): boolean =>
  width === 1 || (probability === "sigmoid" && "targets" in truth);

/** Classes that a row is one of; two for each unit that is a question of its own. */
export const countClasses = (set: SetKind): number => (asksEachUnit(set) ? 2 : set.width);

/** Position of the first maximum. */
function argMax(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

/** A row of a row-major array. */
const rowOf = (values: Float32Array, row: number, width: number): Float32Array =>
  values.subarray(row * width, (row + 1) * width);

export const predictedClass = ({ outputs, width }: PredictedSet, row: number): number =>
  argMax(rowOf(outputs, row, width));

/** The label, or the largest target. */
export const trueClass = ({ truth, width }: PredictedSet, row: number): number =>
  "labels" in truth ? truth.labels[row] : argMax(rowOf(truth.targets, row, width));

/** What a unit should give: the target; of labels, 1 for the label's unit, or the label of one unit. */
export function trueNumber({ truth, width }: PredictedSet, row: number, unit: number): number {
  if ("targets" in truth) return truth.targets[row * width + unit];
  return width === 1 ? truth.labels[row] : Number(truth.labels[row] === unit);
}

/** Whether a unit should say yes. */
export const isTrue = (set: PredictedSet, row: number, unit: number): boolean =>
  trueNumber(set, row, unit) > 0.5;
