/** @file Loss and metrics: sums over the rows of a batch, their means over many, and metrics of whole sets. */
import { ops, type Tensor } from "../graph/index.js";
import type { Scores } from "./history.js";
import { createLoss } from "./losses/apply.js";
import type { LossSpec, Prediction } from "./losses/define.js";
import type { ChosenMetrics } from "./metrics/apply.js";
import type { PredictedSet } from "./metrics/define.js";
import type { MetricChoice } from "./metrics/list.js";
import type { Target } from "./targets.js";

/** What is measured. */
export interface Measures {
  readonly loss: LossSpec;
  readonly metrics: ChosenMetrics;
}

/** Which way each score, by name, is an improvement. */
export function directionsOf({ metrics }: Measures): Readonly<Record<string, "higher" | "lower">> {
  const chosen = [...metrics.ofRows, ...metrics.ofSets];
  const directions = chosen.map(({ name, definition }) => [name, definition.better] as const);
  return { loss: "lower", ...Object.fromEntries(directions) };
}

/** What a batch is judged by. */
export interface Judged {
  readonly prediction: Prediction;
  readonly target: Target;
  /** By how much each row counts in the loss, and in no metric; [rows], float32. */
  readonly sampleWeights?: Tensor | undefined;
}

/** The loss of each row times its sample weight, and its metrics, in this order; each of shape [rows]. */
export function scoreRows(
  { loss, metrics }: Measures,
  { prediction, target, sampleWeights }: Judged,
): readonly Tensor[] {
  const losses = createLoss(loss).reported(prediction, target);
  return [
    sampleWeights ? ops.multiply(losses, sampleWeights) : losses,
    ...metrics.ofRows.map(({ definition, values }) => definition.rows(prediction, target, values)),
  ];
}

/** The sum of a score over the first `count` rows; those after them are padding. */
export function sumFirst(scores: Tensor, count: Tensor): Tensor {
  const isRow = ops.less(ops.iota(scores.shape, 0), count);
  return ops.sum(ops.select(isRow, scores, 0));
}

/** Loss and metrics of rows by name, from sums in the order of {@link scoreRows}. */
export function meanScores(
  { metrics }: Measures,
  sums: readonly number[],
  rows: number,
): Readonly<Record<string, number>> {
  const means = metrics.ofRows.map(({ name, definition }, i) => {
    const mean = sums[i + 1] / rows;
    return [name, definition.finish?.(mean) ?? mean] as const;
  });
  return Object.fromEntries([["loss", sums[0] / rows], ...means]);
}

/** With the metrics of the whole set, in the order in which all were named. */
export function allScores<M extends MetricChoice>(
  { metrics }: Measures,
  means: Readonly<Record<string, number>>,
  set: PredictedSet | undefined,
): Scores<M> {
  const ofSets = metrics.ofSets.map(({ name, definition, values }) => {
    if (!set) throw new Error(`no predictions were collected for ${name}`);
    return [name, definition.ofSet(set, values)] as const;
  });
  const all: Readonly<Record<string, number>> = { ...means, ...Object.fromEntries(ofSets) };
  const names = ["loss", ...metrics.names];
  return Object.fromEntries(names.map((name) => [name, all[name]])) as Scores<M>;
}
