/** @file The program of a training step: data, weights and counters live on the engine. */
import { gradients, ops, sizeOf, variable, type Tensor, type Variable } from "../graph/index.js";
import type { Engine, Program } from "../runtime/index.js";
import { countRows, type LabelledRows } from "./data.js";
import type { Scores } from "./history.js";
import type { MetricName } from "./metrics/list.js";
import { readRows, type Network } from "./network.js";
import { createOptimizer, type Optimizer } from "./optimizers/apply.js";
import type { OptimizerSpec } from "./optimizers/define.js";
import { nameScores, scoreRows, type Measures } from "./scoring.js";

export interface TrainingOptions<M extends MetricName> {
  readonly rows: LabelledRows;
  readonly batchSize: number;
  readonly optimizer: OptimizerSpec;
  readonly measures: Measures<M>;
  readonly seed: number;
}

/** A training on one engine. */
export interface Training<M extends MetricName> {
  /** Updates of one epoch; the last may have fewer rows than the others. */
  readonly steps: number;
  /** Begins an epoch with the rows in this order. */
  readonly begin: (order: Int32Array) => void;
  /** Makes the next update of the epoch. */
  readonly step: () => void;
  /** Mean scores of the epoch's rows so far, with noise and as the weights moved. */
  readonly running: () => Scores<M>;
  /** The first update, from 1, whose loss was not finite, and that loss. */
  readonly failure: () => { readonly step: number; readonly loss: number } | undefined;
}

/** Everything that stays on the engine between steps, beside weights and what the optimizer keeps. */
function createState(rows: LabelledRows, network: Network, measures: Measures) {
  const count = countRows(rows);
  const int32 = (name: string, shape: number[] = []): Variable =>
    variable({ name: `training/${name}`, shape, dtype: "int32" });
  const float32 = (name: string): Variable => variable({ name: `training/${name}`, shape: [] });
  return {
    features: variable({
      name: "training/features",
      shape: [count, sizeOf(network.inputShape)],
      dtype: rows.features instanceof Uint8Array ? "uint8" : "float32",
    }),
    labels: int32("labels", [count]),
    order: int32("order", [count]),
    /** Where in the order the next batch begins. */
    cursor: int32("cursor"),
    /** Updates made. */
    step: int32("step"),
    learningRate: float32("learningRate"),
    /** Of loss and metrics over the epoch's rows. */
    sums: ["loss", ...measures.metrics].map((name) => float32(`sum/${name}`)),
    /** 0 while every loss was finite. */
    failedStep: int32("failedStep"),
    failedLoss: float32("failedLoss"),
  };
}

type State = ReturnType<typeof createState>;
type Updates = Map<Variable, Tensor>;

/** Sums and counters after a batch. */
function count(
  state: State,
  { scores, loss, batch }: { scores: readonly Tensor[]; loss: Tensor; batch: number },
): Updates {
  const step = ops.add(state.step, 1);
  const isFirst = ops.equal(state.failedStep, 0);
  const isFinite = ops.less(ops.absolute(loss), Infinity);
  const failed = ops.select(isFinite, 0, step);
  return new Map([
    [state.step, step],
    [state.cursor, ops.add(state.cursor, batch)],
    [state.failedStep, ops.select(isFirst, failed, state.failedStep)],
    [state.failedLoss, ops.select(isFirst, loss, state.failedLoss)],
    ...state.sums.map((sum, i): [Variable, Tensor] => [sum, ops.add(sum, ops.sum(scores[i]))]),
  ]);
}

/** Compiles the update with `batch` rows. */
function compileStep(
  engine: Engine,
  network: Network,
  {
    state,
    batch,
    options,
    optimizer,
  }: {
    state: State;
    batch: number;
    options: TrainingOptions<MetricName>;
    optimizer: Optimizer;
  },
): Promise<Program> {
  const { rows, measures, seed } = options;
  const chosen = ops.gatherRows(state.order, ops.add(ops.iota([batch], 0), state.cursor));
  const x = readRows(network, ops.gatherRows(state.features, chosen), rows.scale);
  const labels = ops.gatherRows(state.labels, chosen);
  const prediction = network.apply(x, { noise: { seed, step: state.step } });
  const scores = scoreRows(measures, prediction, labels);
  // What is minimized. Penalties are added to it, and never to the scores, which are reported.
  const objective = ops.mean(scores[0]);
  const weights = network.weights.map(({ variable }) => variable);
  const byWeight = gradients(objective, weights).map((slope, i) => [weights[i], slope] as const);
  return engine.compile({
    name: `train ${batch}`,
    updates: new Map([
      ...optimizer.updates(new Map(byWeight), state),
      ...count(state, { scores, loss: objective, batch }),
    ]),
  });
}

/** Puts the data on the engine and compiles the update; the engine must hold the weights. */
export async function createTraining<M extends MetricName>(
  engine: Engine,
  network: Network,
  options: TrainingOptions<M>,
): Promise<Training<M>> {
  const { rows, batchSize, measures } = options;
  const total = countRows(rows);
  const state = createState(rows, network, measures);
  const optimizer = createOptimizer(options.optimizer);
  const compile = (batch: number): Promise<Program> =>
    compileStep(engine, network, { state, batch, options, optimizer });
  const full = await compile(batchSize);
  const rest = total % batchSize;
  const last = rest === 0 ? full : await compile(rest);
  engine.write(state.features, rows.features);
  engine.write(state.labels, rows.labels);
  engine.write(state.learningRate, [optimizer.learningRate]);
  const steps = Math.ceil(total / batchSize);
  let done = 0;
  return {
    steps,
    begin: (order) => {
      done = 0;
      engine.write(state.order, order);
      engine.write(state.cursor, [0]);
      for (const sum of state.sums) engine.write(sum, [0]);
    },
    step: () => (++done < steps ? full : last).run(),
    running: () =>
      nameScores(
        measures,
        state.sums.map((sum) => engine.read(sum)[0]),
        Math.min(done * batchSize, total),
      ),
    failure: () => {
      const [step] = engine.read(state.failedStep);
      return step === 0 ? undefined : { step, loss: engine.read(state.failedLoss)[0] };
    },
  };
}
