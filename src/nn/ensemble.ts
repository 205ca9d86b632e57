/** @file Ensembles: several models whose outputs, or whose weights, are averaged. */
import type { Shape } from "../graph/index.js";
import { checkParameter, integer, UsageError } from "../util/index.js";
import { saveSnapshots } from "./callbacks/saveSnapshots.js";
import { countRows, type FeatureRows, type SupervisedRows } from "./data.js";
import type { History, Scores, TrainingEpoch } from "./history.js";
import type { MetricChoice } from "./metrics/list.js";
import type { EvaluateOptions, Model, PredictOptions } from "./model.js";
import type { FitOptions } from "./options.js";
import { cosineDecayRestarts } from "./schedules/cosineDecayRestarts.js";
import type { WeightArray } from "./weights.js";

/** Models that answer together. */
export interface Ensemble {
  readonly members: readonly Model[];
  /** The mean of the members' outputs; of classifiers, of their probabilities, not of their logits. */
  readonly predict: (rows: FeatureRows, options?: PredictOptions) => Promise<Float32Array>;
  /** Scores of that mean. */
  readonly evaluate: <M extends MetricChoice = "accuracy">(
    rows: SupervisedRows,
    options?: Omit<EvaluateOptions<M>, "outputs">,
  ) => Promise<Scores<M>>;
}

/** A trained ensemble, and how its members were trained. */
export interface EnsembleResult {
  readonly ensemble: Ensemble;
  readonly histories: readonly History<TrainingEpoch<MetricChoice>>[];
}

/** How each member is trained; its seed is that of the options, plus its number from 0. */
export type EnsembleOptions = FitOptions<MetricChoice, TrainingEpoch<MetricChoice>>;

function averageOf(arrays: readonly Float32Array[]): Float32Array {
  return arrays[0].map((_, i) => arrays.reduce((sum, array) => sum + array[i], 0) / arrays.length);
}

/**
 * Models that answer together: their outputs are averaged.
 *
 * The cross-entropy of the average is never above the mean of the members' (Jensen); its accuracy
 * usually, not always, is higher.
 *
 * @param members - at least one; built, with equal outputs
 * @see Lakshminarayanan et al., Simple and scalable predictive uncertainty estimation using deep ensembles, 2017
 */
export function createEnsemble(members: readonly Model[]): Ensemble {
  if (members.length === 0) {
    throw new UsageError("createEnsemble: there must be at least one member; got none.");
  }
  const predict = async (
    rows: FeatureRows,
    options: PredictOptions = {},
  ): Promise<Float32Array> => {
    const outputs: Float32Array[] = [];
    for (const member of members) outputs.push(await member.predict(rows, options));
    const sizes = new Set(outputs.map(({ length }) => length));
    if (sizes.size === 1) return averageOf(outputs);
    throw new UsageError(
      `createEnsemble: members must have equal outputs; got ${[...sizes].join(" and ")} numbers for the same rows.`,
    );
  };
  return {
    members,
    predict,
    evaluate: async (rows, options = {}) =>
      members[0].evaluate(rows, { ...options, outputs: await predict(rows) }),
  };
}

const memberCount = integer({ min: 1, default: 5 });

/**
 * A deep ensemble: trains `members` models on all rows, which differ by their seed: in initial weights,
 * batch order and noise.
 *
 * @param create - makes a model that is not trained
 * @example
 * const { ensemble } = await fitEnsemble(() => sequential(layers), train, { ...options, members: 5 });
 * @throws UsageError as `fit` does
 */
export async function fitEnsemble(
  create: () => Model,
  train: SupervisedRows,
  { members, ...options }: EnsembleOptions & { readonly members: number },
): Promise<EnsembleResult> {
  checkParameter("fitEnsemble", "members", memberCount, members);
  const models: Model[] = [];
  const histories: EnsembleResult["histories"][number][] = [];
  for (let member = 0; member < members; member++) {
    const model = create();
    const seed = (options.seed ?? 0) + member;
    histories.push(await model.fit(train, { ...options, seed }));
    models.push(model);
  }
  return { ensemble: createEnsemble(models), histories };
}

/**
 * How a snapshot ensemble trains: the optimizer whose learning rate falls to 0 in each cycle, and after how
 * many epochs a cycle ends.
 *
 * @param options.rows - training rows
 * @throws UsageError if the epochs are no multiple of the cycles, or the learning rate is not a number
 */
export function snapshotCycles({
  optimizer,
  epochs,
  batchSize = 32,
  rows,
  cycles,
}: Pick<EnsembleOptions, "optimizer" | "epochs" | "batchSize"> & {
  readonly rows: number;
  readonly cycles: number;
}): { readonly optimizer: EnsembleOptions["optimizer"]; readonly every: number } {
  checkParameter("fitSnapshotEnsemble", "cycles", memberCount, cycles);
  if (epochs % cycles !== 0) {
    throw new UsageError(
      `fitSnapshotEnsemble: epochs must be a multiple of the ${cycles} cycles; got ${epochs}.`,
    );
  }
  const every = epochs / cycles;
  const learningRate = cosineDecayRestarts({
    initialLearningRate: largestRate(optimizer),
    firstDecaySteps: every * Math.ceil(rows / batchSize),
    tMul: 1,
  });
  return { optimizer: { ...optimizer, learningRate }, every };
}

/** The optimizer of a snapshot ensemble must give its learning rate as a number: cycles start from it. */
function largestRate(optimizer: EnsembleOptions["optimizer"]): number {
  const { learningRate } = optimizer;
  if (typeof learningRate === "number") return learningRate;
  throw new UsageError(
    "fitSnapshotEnsemble: the optimizer's learningRate must be a number, from which each cycle falls; got a schedule.",
  );
}

/**
 * Builds a model and gives it weights that another one of the same layers had.
 *
 * @param options.weights - in the order of `weights()`
 */
export function withWeights(
  model: Model,
  {
    inputShape,
    weights,
  }: { readonly inputShape: Shape; readonly weights: readonly Float32Array[] },
): Model {
  model.build({ inputShape });
  model.setWeights(model.weights().map(({ name }, i) => ({ name, values: weights[i] })));
  return model;
}

/**
 * A snapshot ensemble: one training whose learning rate falls from its start to 0 in each of `cycles`
 * cycles, along half a cosine; the weights at the end of each cycle are a member. It costs one training.
 *
 * @param create - makes a model that is not trained; called once for the training and for each member
 * @param options.epochs - of all cycles together, a multiple of `cycles`
 * @throws UsageError if the epochs are no multiple, or the learning rate is not a number
 * @see Huang et al., Snapshot ensembles: train 1, get M for free, 2017
 */
export async function fitSnapshotEnsemble(
  create: () => Model,
  train: SupervisedRows,
  { cycles, ...options }: EnsembleOptions & { readonly cycles: number },
): Promise<EnsembleResult> {
  const { optimizer, every } = snapshotCycles({ ...options, rows: countRows(train), cycles });
  const snapshots: (readonly Float32Array[])[] = [];
  const model = create();
  const history = await model.fit<MetricChoice>(train, {
    ...options,
    optimizer,
    callbacks: [
      ...(options.callbacks ?? []),
      saveSnapshots({ every, save: (weights) => void snapshots.push(weights) }),
    ],
  });
  const members = snapshots.map((weights) =>
    withWeights(create(), { inputShape: train.featureShape, weights }),
  );
  return { ensemble: createEnsemble(members), histories: [history] };
}

/**
 * The mean of the weights of several models of the same layers, for `setWeights`. Sensible for models that
 * are neighbours, such as those of one training; those of different seeds are not. Statistics that batch
 * normalization keeps are averaged too, which is not the same as measuring them for the averaged weights.
 *
 * @throws UsageError if the models do not have the same weights
 */
export function averageWeights(models: readonly Model[]): readonly WeightArray[] {
  const weights = models.map((model) => model.weights());
  if (weights.length === 0) {
    throw new UsageError("averageWeights: there must be at least one model; got none.");
  }
  return weights[0].map(({ name, shape }, i) => {
    const other = weights.find(
      (list) => list[i]?.name !== name || String(list[i].shape) !== String(shape),
    );
    if (other === undefined)
      return { name, shape, values: averageOf(weights.map((list) => list[i].values)) };
    throw new UsageError(
      `averageWeights: all models must have ${name} [${shape.join(", ")}]; one has not.`,
    );
  });
}
