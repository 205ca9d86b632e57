/** @file The program of a training step: data, weights and counters live on the engine. */
import { ops, sizeOf, type Tensor, type Variable } from "../graph/index.js";
import type { Engine, Program } from "../runtime/index.js";
import { createAugmentations, type Augmentations } from "./augmentations/apply.js";
import type { AugmentationSpec, Batch } from "./augmentations/define.js";
import { createAveraging, type Averaging } from "./averaging/apply.js";
import type { AveragingSpec } from "./averaging/define.js";
import { createRefresh } from "./averaging/refresh.js";
import { countRows, type SupervisedRows } from "./data.js";
import type { RunningScores } from "./history.js";
import type { MetricChoice } from "./metrics/list.js";
import { readRows, type Network } from "./network.js";
import { createOptimizer, type Optimizer } from "./optimizers/apply.js";
import type { OptimizerSpec } from "./optimizers/define.js";
import { addPenalties, smoothPenalties, weightPenalty } from "./penalties.js";
import { judgeBatch, type BatchTarget } from "./objective.js";
import { meanScores, type Measures } from "./scoring.js";
import { readTarget, targetValues } from "./targets.js";
import { chooseRows, count, createState, type TrainingState } from "./trainingState.js";

export interface TrainingOptions {
  readonly rows: SupervisedRows;
  readonly batchSize: number;
  readonly optimizer: OptimizerSpec;
  readonly measures: Measures;
  readonly classWeights?: readonly number[];
  readonly augmentation?: readonly AugmentationSpec[];
  readonly averaging?: AveragingSpec;
  readonly seed: number;
}

/** A training on one engine. */
export interface Training<M extends MetricChoice> {
  /** Updates of one epoch; the last may have fewer rows than the others. */
  readonly steps: number;
  /** Begins an epoch, from 1, with the rows in this order; puts the weights themselves in the place of averages. */
  readonly begin: (order: Int32Array, epoch: number) => void;
  /** Makes the next update of the epoch. */
  readonly step: () => void;
  /** Ends an epoch, from 1: puts averages in the place of the weights, if there are any. */
  readonly end: (epoch: number) => void;
  /** Mean scores of the epoch's rows so far, with noise and as the weights moved. */
  readonly running: () => RunningScores<M>;
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
  readonly options: TrainingOptions;
  readonly optimizer: Optimizer;
  readonly averaging: Averaging | undefined;
  readonly augmentations: Augmentations;
}

/** The targets of the chosen rows, with the weights that they have. */
function readTargets(
  { targets, sampleWeights, classWeights }: TrainingState,
  rows: SupervisedRows,
  chosen: Tensor,
): BatchTarget {
  return {
    target: readTarget(rows, ops.gatherRows(targets, chosen)),
    ...(sampleWeights && { sampleWeights: ops.gatherRows(sampleWeights, chosen) }),
    ...(classWeights && { classWeights }),
  };
}

/** The next rows of the epoch as the network reads them, augmented, and what they should give. */
function readBatch(
  network: Network,
  { state, batch: size, options, augmentations }: Omit<StepParts, "optimizer" | "averaging">,
): Batch {
  const { rows, seed } = options;
  const chosen = chooseRows(state, size);
  const x = readRows(network, ops.gatherRows(state.features, chosen), rows.scale);
  const targets = [readTargets(state, rows, chosen)];
  if (augmentations.isNone) return { x, targets };
  // In the shape that they were given in: a network of dense layers reads images as vectors.
  const given = { x: ops.reshape(x, [size, ...rows.featureShape]), targets };
  const places = ops.add(ops.iota([size], 0), state.cursor);
  const augmented = augmentations.apply(given, { seed, step: state.step }, places);
  return { x: ops.reshape(augmented.x, x.shape), targets: augmented.targets };
}

/** Compiles the update with `batch` rows. */
async function compileStep(
  engine: Engine,
  network: Network,
  { state, batch, options, optimizer, averaging, augmentations }: StepParts,
): Promise<{ readonly program: Program; readonly penalizesOutputs: boolean }> {
  const { measures, seed } = options;
  const { x, targets } = readBatch(network, { state, batch, options, augmentations });
  const result = network.apply(x, { noise: { seed, step: state.step }, training: true });
  const { scores, loss } = judgeBatch(measures, result, targets);
  const penalties = [...smoothPenalties(network), ...result.penalties];
  // What is minimized. Penalties are added to it, and never to the scores, which are reported.
  const objective = addPenalties([loss, ...penalties]) ?? loss;
  const weights = network.weights.filter(({ trainable }) => trainable);
  const slopes = optimizer.gradients(objective, weights);
  const updated = optimizer.updates(weights, slopes, state);
  const program = await engine.compile({
    name: `train ${batch}`,
    updates: new Map([
      ...(averaging?.updates(updated) ?? updated),
      ...result.updates,
      ...count(state, { scores, loss: objective, penalty: addPenalties(result.penalties), batch }),
    ]),
  });
  return { program, penalizesOutputs: result.penalties.length > 0 };
}

/** Puts the data on the engine and compiles the update; the engine must hold the weights. */
export async function createTraining<M extends MetricChoice>(
  engine: Engine,
  network: Network,
  options: TrainingOptions,
): Promise<Training<M>> {
  const { rows, batchSize, measures } = options;
  const total = countRows(rows);
  const state = createState(rows, network, options);
  const optimizer = createOptimizer(options.optimizer);
  const averaging = options.averaging && createAveraging(options.averaging, network);
  const augmentations = createAugmentations(options.augmentation ?? [], {
    seed: options.seed,
    rows: total,
    batchSize,
    rowShape: rows.featureShape,
  });
  const compile = (batch: number): ReturnType<typeof compileStep> =>
    compileStep(engine, network, { state, batch, options, optimizer, averaging, augmentations });
  const full = await compile(batchSize);
  const rest = total % batchSize;
  const last = rest === 0 ? full : await compile(rest);
  const penalty = await createPenaltyMeter(engine, network);
  engine.write(state.features, rows.features);
  engine.write(state.targets, targetValues(rows));
  if (state.sampleWeights) engine.write(state.sampleWeights, rows.sampleWeights ?? []);
  if (state.classWeights) engine.write(state.classWeights, options.classWeights ?? []);
  engine.write(state.learningRate, [optimizer.initialRate]);
  for (const [slot, initial] of optimizer.slots.initialValues()) {
    engine.write(slot, new Float32Array(sizeOf(slot.shape)).fill(initial));
  }
  const averages = await averaging?.compile(
    engine,
    await createRefresh(engine, network, { ...options, state }),
  );
  const steps = Math.ceil(total / batchSize);
  let done = 0;
  return {
    steps,
    memory: [
      state.step,
      state.learningRate,
      ...optimizer.slots.all(),
      ...(averaging?.memory ?? []),
    ],
    learningRate: state.learningRate,
    begin: (order, epoch) => {
      done = 0;
      augmentations.begin(engine, epoch);
      averages?.begin();
      engine.write(state.order, order);
      engine.write(state.cursor, [0]);
      for (const sum of [state.penaltySum, ...state.sums]) engine.write(sum, [0]);
    },
    step: () => (++done < steps ? full : last).program.run(),
    end: (epoch) => averages?.end(epoch),
    running: () =>
      meanScores(
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
