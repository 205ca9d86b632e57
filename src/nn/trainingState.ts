/** @file What a training keeps on the engine beside weights and optimizer: data, counters and sums. */
import { ops, sizeOf, variable, type Tensor, type Variable } from "../graph/index.js";
import { countRows, type SupervisedRows } from "./data.js";
import type { Network } from "./network.js";
import type { Measures } from "./scoring.js";
import { targetVariable } from "./targets.js";

/** Everything that stays on the engine between steps, beside weights and what the optimizer keeps. */
export function createState(
  rows: SupervisedRows,
  network: Network,
  { measures, classWeights }: { measures: Measures; classWeights?: readonly number[] },
) {
  const count = countRows(rows);
  const int32 = (name: string): Variable =>
    variable({ name: `training/${name}`, shape: [], dtype: "int32" });
  const float32 = (name: string, shape: number[] = []): Variable =>
    variable({ name: `training/${name}`, shape });
  return {
    features: variable({
      name: "training/features",
      shape: [count, sizeOf(network.inputShape)],
      dtype: rows.features instanceof Uint8Array ? "uint8" : "float32",
      purpose: "data",
    }),
    targets: targetVariable("training/targets", rows, count),
    ...(rows.sampleWeights && { sampleWeights: float32("sampleWeights", [count]) }),
    ...(classWeights && { classWeights: float32("classWeights", [classWeights.length]) }),
    order: variable({ name: "training/order", shape: [count], dtype: "int32", purpose: "data" }),
    /** Where in the order the next batch begins. */
    cursor: int32("cursor"),
    /** Updates made. */
    step: int32("step"),
    learningRate: float32("learningRate"),
    /** Of penalties on what layers gave, over the epoch's updates. */
    penaltySum: float32("sum/penalty"),
    /** Of loss and metrics over the epoch's rows. */
    sums: ["loss", ...measures.metrics.ofRows.map(({ name }) => name)].map((name) =>
      float32(`sum/${name}`),
    ),
    /** 0 while every loss was finite. */
    failedStep: int32("failedStep"),
    failedLoss: float32("failedLoss"),
  };
}

export type TrainingState = ReturnType<typeof createState>;

/** The next `batch` rows in the epoch's order; [batch], int32. */
export const chooseRows = (state: TrainingState, batch: number): Tensor =>
  ops.gatherRows(state.order, ops.add(ops.iota([batch], 0), state.cursor));

/** What a batch gave, for the sums of the epoch. */
interface BatchOutcome {
  /** Of each row: loss and metrics. */
  readonly scores: readonly Tensor[];
  /** What must stay finite; a scalar. */
  readonly loss: Tensor;
  /** On what layers gave, if anything; a scalar. */
  readonly penalty: Tensor | undefined;
  readonly batch: number;
}

/** Sums and counters after a batch. */
export function count(
  state: TrainingState,
  { scores, loss, penalty, batch }: BatchOutcome,
): Map<Variable, Tensor> {
  const step = ops.add(state.step, 1);
  const isFirst = ops.equal(state.failedStep, 0);
  const isFinite = ops.less(ops.absolute(loss), Infinity);
  const failed = ops.select(isFinite, 0, step);
  return new Map([
    [state.step, step],
    [state.cursor, ops.add(state.cursor, batch)],
    [state.failedStep, ops.select(isFirst, failed, state.failedStep)],
    [state.failedLoss, ops.select(isFirst, loss, state.failedLoss)],
    ...(penalty ? [[state.penaltySum, ops.add(state.penaltySum, penalty)] as const] : []),
    ...state.sums.map((sum, i): [Variable, Tensor] => [sum, ops.add(sum, ops.sum(scores[i]))]),
  ]);
}
