/** @file Sums of loss and metrics over the rows of a batch, and their means over many. */
import { ops, type Tensor } from "../graph/index.js";
import type { Scores } from "./history.js";
import type { Prediction } from "./losses/define.js";
import { losses, type LossName } from "./losses/list.js";
import { metrics as metricsByName, type MetricName } from "./metrics/list.js";

/** What is measured. */
export interface Measures<M extends MetricName = MetricName> {
  readonly loss: LossName;
  readonly metrics: readonly M[];
}

/** Loss and metrics of each row, in this order, each of shape [rows]. */
export function scoreRows(
  { loss, metrics }: Measures,
  prediction: Prediction,
  labels: Tensor,
): readonly Tensor[] {
  return [
    losses[loss].rows(prediction, labels),
    ...metrics.map((name) => metricsByName[name].rows(prediction, labels)),
  ];
}

/** The sum of a score over the first `count` rows; those after them are padding. */
export function sumFirst(scores: Tensor, count: Tensor): Tensor {
  const isRow = ops.less(ops.iota(scores.shape, 0), count);
  return ops.sum(ops.select(isRow, scores, 0));
}

/** Means by name, from sums in the order of {@link scoreRows}. */
export function nameScores<M extends MetricName>(
  { metrics }: Measures<M>,
  sums: readonly number[],
  rows: number,
): Scores<M> {
  const names = ["loss", ...metrics];
  return Object.fromEntries(names.map((name, i) => [name, sums[i] / rows])) as Scores<M>;
}
