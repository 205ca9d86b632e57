/** @file The program of a training step: data, weights and counters live on the engine. */
import { ops, sizeOf, type Variable } from "../graph/index.js";
import type { Engine, Program } from "../runtime/index.js";
import { countRows, type LabelledRows } from "./data.js";
import type { Scores } from "./history.js";
import type { MetricName } from "./metrics/list.js";
import { readRows, type Network } from "./network.js";
import { createOptimizer, type Optimizer } from "./optimizers/apply.js";
import type { OptimizerSpec } from "./optimizers/define.js";
import { addPenalties, smoothPenalties, weightPenalty } from "./penalties.js";
import { nameScores, scoreRows, type Measures } from "./scoring.js";
import { count, createState, type TrainingState } from "./trainingState.js";

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
  /**
   * The penalties with the present weights, and the mean over the epoch's updates of those on what
   * layers gave; undefined if there are none.
   */
  readonly penalty: () => number | undefined;
  /** What must be restored beside the weights to go on from the end of an epoch. */
  readonly memory: readonly Variable[];
  /** The rate of each update, or the factor of the schedule's; see `rateAt`. [], float32. */
  readonly learningRate: Variable;
  /** The first update, from 1, whose loss was not finite, and that loss. */
  readonly failure: () => { readonly step: number; readonly loss: number } | undefined;
}

interface StepParts {
  readonly state: TrainingState;
  readonly batch: number;
  readonly options: TrainingOptions<MetricName>;
  readonly optimizer: Optimizer;
}

/** Compiles the update with `batch` rows. */
async function compileStep(
  engine: Engine,
  network: Network,
  { state, batch, options, optimizer }: StepParts,
): Promise<{ readonly program: Program; readonly penalizesOutputs: boolean }> {
  const { rows, measures, seed } = options;
  const chosen = ops.gatherRows(state.order, ops.add(ops.iota([batch], 0), state.cursor));
  const x = readRows(network, ops.gatherRows(state.features, chosen), rows.scale);
  const labels = ops.gatherRows(state.labels, chosen);
  const result = network.apply(x, { noise: { seed, step: state.step }, training: true });
  const scores = scoreRows(measures, result, labels);
  const loss = ops.mean(scores[0]);
  const penalties = [...smoothPenalties(network), ...result.penalties];
  // What is minimized. Penalties are added to it, and never to the scores, which are reported.
  const objective = addPenalties([loss, ...penalties]) ?? loss;
  const weights = network.weights.filter(({ trainable }) => trainable);
  const slopes = optimizer.gradients(objective, weights);
  const program = await engine.compile({
    name: `train ${batch}`,
    updates: new Map([
      ...optimizer.updates(weights, slopes, state),
      ...result.updates,
      ...count(state, { scores, loss: objective, penalty: addPenalties(result.penalties), batch }),
    ]),
  });
  return { program, penalizesOutputs: result.penalties.length > 0 };
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
  const compile = (batch: number): ReturnType<typeof compileStep> =>
    compileStep(engine, network, { state, batch, options, optimizer });
  const full = await compile(batchSize);
  const rest = total % batchSize;
  const last = rest === 0 ? full : await compile(rest);
  const penalty = await createPenaltyMeter(engine, network);
  engine.write(state.features, rows.features);
  engine.write(state.labels, rows.labels);
  engine.write(state.learningRate, [optimizer.initialRate]);
  for (const [slot, initial] of optimizer.slots.initialValues()) {
    engine.write(slot, new Float32Array(sizeOf(slot.shape)).fill(initial));
  }
  const steps = Math.ceil(total / batchSize);
  let done = 0;
  return {
    steps,
    memory: [state.step, state.learningRate, ...optimizer.slots.all()],
    learningRate: state.learningRate,
    begin: (order) => {
      done = 0;
      engine.write(state.order, order);
      engine.write(state.cursor, [0]);
      for (const sum of [state.penaltySum, ...state.sums]) engine.write(sum, [0]);
    },
    step: () => (++done < steps ? full : last).program.run(),
    running: () =>
      nameScores(
        measures,
        state.sums.map((sum) => engine.read(sum)[0]),
        Math.min(done * batchSize, total),
      ),
    penalty: () =>
      penalty(full.penalizesOutputs ? engine.read(state.penaltySum)[0] / done : undefined),
    failure: () => {
      const [step] = engine.read(state.failedStep);
      return step === 0 ? undefined : { step, loss: engine.read(state.failedLoss)[0] };
    },
  };
}

/** Adds the penalty of the present weights to that on what layers gave; undefined if there is neither. */
async function createPenaltyMeter(
  engine: Engine,
  network: Network,
): Promise<(ofOutputs: number | undefined) => number | undefined> {
  const ofWeights = weightPenalty(network);
  if (!ofWeights) return (ofOutputs) => ofOutputs;
  const program = await engine.compile({ name: "penalty", outputs: [ofWeights] });
  return (ofOutputs = 0) => {
    program.run();
    return program.read(ofWeights)[0] + ofOutputs;
  };
}
