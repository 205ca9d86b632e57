/** @file One trial: trains one arm with one seed and evaluates the test set once. */
import {
  createEnsemble,
  decodeCheckpoint,
  encodeSafetensors,
  type Checkpoint,
} from "../nn/index.js";
import { preprocess, preprocessingParameter, type Dataset } from "../data/index.js";
import type { Recipe } from "../techniques/index.js";
import { recallMembers } from "./checkpoints.js";
import type { TrialSpec } from "./plan.js";
import { describeTrial } from "./diagnostics.js";
import { trainMembers, type Trained } from "./members.js";
import { finalEpoch, type EpochResult, type FinalScores } from "./results.js";
import type { TrialData, TrialHooks, TrialOutcome } from "./trialParts.js";
import type { WeightsSeen } from "./weightDiagnostics.js";

/** The epoch, from 1, of the lowest validation loss, the first of equals; 0 if none is finite. */
export function bestEpoch(epochs: readonly EpochResult[]): number {
  let best = { epoch: 0, loss: Infinity };
  for (const { epoch, validation } of epochs) {
    if (validation.loss < best.loss) best = { epoch, loss: validation.loss };
  }
  return best.epoch;
}

/** The first rows of the training part; the split has shuffled them, so smaller sets nest in larger ones. */
export function firstRows(train: Dataset, rows: number): Dataset {
  if (rows >= train.rows) return train;
  return train.take(Int32Array.from({ length: rows }, (_, row) => row));
}

/**
 * What the trial sees of the rows: as many to train on as its recipe says, and all of them preprocessed by what
 * these alone teach. Statistics of more rows would tell a small training set of the large one.
 */
function trialRows(data: TrialData, { data: choice, preprocessing }: Recipe): TrialData {
  const train = firstRows(data.train, choice.trainRows ?? data.train.rows);
  return preprocess(preprocessing ?? preprocessingParameter.default, { ...data, train });
}

/** The network's own scores; where several answer, or noise is on, those of the mean of all outputs. */
async function scoreParts(
  { models, epochs, restoredEpoch, engine }: Trained,
  rows: TrialData,
  { recipe, seed }: TrialSpec,
): Promise<{ final: FinalScores; predictions: Float32Array }> {
  const [model] = models;
  const options = engine && { engine };
  const last = finalEpoch({ epochs, ...(restoredEpoch !== undefined && { restoredEpoch }) });
  const samples = recipe.predictionSamples ?? 0;
  if (models.length === 1 && samples === 0 && last !== undefined) {
    const test = await model.evaluate(rows.test, { loss: recipe.training.loss, ...options });
    const predictions = await model.predict(rows.test, options);
    return { final: { clean: last.clean, validation: last.validation, test }, predictions };
  }
  const noise = samples === 0 ? {} : { samples, seed };
  const { loss } = recipe.training;
  const { predict } = createEnsemble(models);
  const score = async (part: Dataset) => {
    const outputs = await predict(part, { ...noise, ...options });
    return { outputs, scores: await model.evaluate(part, { loss, outputs, ...options }) };
  };
  const [clean, validation, test] = [
    await score(rows.train),
    await score(rows.validation),
    await score(rows.test),
  ];
  const final = { clean: clean.scores, validation: validation.scores, test: test.scores };
  return { final, predictions: test.outputs };
}

/** "member_2/dense_1/kernel" where there are several. */
const namedMembers = (kept: Trained["kept"]) =>
  kept.flatMap((weights, member) =>
    weights.map(({ name, ...rest }) => ({
      ...rest,
      name: kept.length === 1 ? name : `member_${member + 1}/${name}`,
    })),
  );

/** Looks at the test set, for the first and only time. */
async function judge(trained: Trained, rows: TrialData, trial: TrialSpec) {
  const { models, kept, engine } = trained;
  const { final, predictions } = await scoreParts(trained, rows, trial);
  const seen: WeightsSeen[] = [];
  for (const model of models) {
    const inspection = await model.inspect(rows.train, engine && { engine });
    seen.push({ inspection, weights: model.weights() });
  }
  const weights = encodeSafetensors({ tensors: namedMembers(kept), metadata: {} });
  return {
    judged: { final, diagnostics: describeTrial(rows.test, predictions, seen) },
    artifacts: { predictions, weights },
  };
}

/** Seconds of the epochs that a checkpoint holds, those of finished members too. */
function secondsBefore(resumed: Checkpoint | undefined): number {
  const epochs = [
    ...recallMembers(resumed).flatMap(({ ends }) => ends.epochs),
    ...(resumed?.epochs ?? []),
  ];
  return epochs.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** Trains `trial.recipe` from `trial.seed`; the same trial gives the same numbers on any worker. */
export async function runTrial(
  trial: TrialSpec,
  data: TrialData,
  hooks: TrialHooks,
): Promise<TrialOutcome> {
  const { clock, resume } = hooks;
  const { recipe, seed } = trial;
  const resumed = resume && decodeCheckpoint("checkpoint", resume);
  const started = clock() - 1000 * secondsBefore(resumed);
  const rows = trialRows(data, recipe);
  return trainMembers({ recipe, rows, seed, hooks, resumed }, async (trained) => {
    const { epochs, restoredEpoch, failure } = trained;
    const base = {
      ...{ seed, epochs, bestEpoch: bestEpoch(epochs) },
      ...(restoredEpoch !== undefined && { restoredEpoch }),
    };
    const seconds = (): number => (clock() - started) / 1000;
    if (failure) return { result: { ...base, seconds: seconds(), failure } };
    const { judged, artifacts } = await judge(trained, rows, trial);
    return { result: { ...base, ...judged, seconds: seconds() }, artifacts };
  });
}
