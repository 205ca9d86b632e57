/** @file The training loop: epochs of updates, evaluation after each, callbacks, and an end when the loss fails. */
import type { AugmentationSpec } from "./augmentations/define.js";
import type { Engine } from "../runtime/index.js";
import { randomStream } from "../util/index.js";
import type { AveragingSpec } from "./averaging/define.js";
import { createCallbacks, type RunningCallbacks } from "./callbacks/run.js";
import type { Callback } from "./callbacks/define.js";
import { checkSetting, type Checkpoint } from "./checkpoint.js";
import { countRows, type SupervisedRows } from "./data.js";
import { describeFailure, type Breakdown } from "./failure.js";
import type { EpochResult, History, Progress } from "./history.js";
import type { Inference } from "./inference.js";
import type { MetricChoice } from "./metrics/list.js";
import type { Network } from "./network.js";
import type { OptimizerSpec } from "./optimizers/define.js";
import type { Pace } from "./pace.js";
import { createSnapshots, settingOf } from "./snapshots.js";
import { directionsOf, type Measures } from "./scoring.js";
import { createTraining, type Training } from "./training.js";

export interface LoopOptions<M extends MetricChoice> {
  readonly train: SupervisedRows;
  readonly validation?: SupervisedRows;
  readonly optimizer: OptimizerSpec;
  readonly measures: Measures;
  readonly classWeights?: readonly number[];
  readonly augmentation?: readonly AugmentationSpec[];
  readonly averaging?: AveragingSpec;
  readonly epochs: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly clock?: () => number;
  readonly callbacks: readonly Callback[];
  readonly resume?: Checkpoint;
  /** Called with the result of each epoch, while the engine holds its weights. */
  readonly onEpoch?: (result: EpochResult<M>) => void;
  readonly onProgress?: (progress: Progress) => void;
}

/** Where a training runs. */
interface Place {
  readonly engine: Engine;
  readonly network: Network;
  /** Of this network on this engine. */
  readonly inference: Inference;
  readonly pace: Pace;
}

/** Makes one epoch's updates; returns early once the loss is not finite. */
async function runUpdates(
  training: Pick<Training<MetricChoice>, "steps" | "step" | "failure"> & {
    readonly running: () => { readonly loss: number };
  },
  pace: Pace,
  report: (step: number, loss: number) => void,
): Promise<void> {
  for (let step = 1; step <= training.steps; step++) {
    training.step();
    if (!pace.due()) continue;
    if (training.failure()) return;
    report(step, training.running().loss);
    await pace.rest();
  }
  if (!training.failure()) report(training.steps, training.running().loss);
}

/** Scores all rows in inference mode and puts the epoch's result together. */
async function scoreEpoch<M extends MetricChoice>(
  { training, inference, pace }: { training: Training<M>; inference: Inference; pace: Pace },
  { train, validation, measures }: LoopOptions<M>,
  { epoch, seconds }: { readonly epoch: number; readonly seconds: number },
): Promise<EpochResult<M> | Breakdown> {
  const clean = await inference.score<M>(train, measures, pace);
  if (!Number.isFinite(clean.loss)) {
    // The epoch's last update spoiled the weights: no later batch has shown it.
    const step = epoch * training.steps;
    return { epoch, step, updates: step, loss: clean.loss };
  }
  const running = training.running();
  const held = validation && { validation: await inference.score<M>(validation, measures, pace) };
  const penalty = training.penalty();
  const penalties = penalty !== undefined && { penalty };
  // Without validation rows, `fit` promises its caller an epoch without `validation`.
  return { epoch, running, clean, ...held, ...penalties, seconds } as EpochResult<M>;
}

/** Trains one epoch; gives its result, or where its loss stopped being finite. */
async function runEpoch<M extends MetricChoice>(
  parts: { training: Training<M>; inference: Inference; pace: Pace },
  options: LoopOptions<M>,
  epoch: number,
): Promise<EpochResult<M> | Breakdown> {
  const { training, pace } = parts;
  const { train, epochs, seed, clock = () => NaN, onProgress } = options;
  const started = clock();
  training.begin(randomStream(seed, `order/${epoch}`).permutation(countRows(train)), epoch);
  await runUpdates(training, pace, (step, loss) =>
    onProgress?.({ epoch, epochs, step, steps: training.steps, loss }),
  );
  const seconds = (clock() - started) / 1000;
  const failed = training.failure();
  if (failed) return { ...failed, epoch, updates: failed.step - 1 };
  training.end(epoch);
  return scoreEpoch(parts, options, { epoch, seconds });
}

/** The epochs from where the training stands to its end. */
async function runEpochs<M extends MetricChoice>(
  parts: { training: Training<M>; inference: Inference; pace: Pace },
  options: LoopOptions<M>,
  { callbacks, results }: { callbacks: RunningCallbacks; results: EpochResult<M>[] },
): Promise<Omit<History<EpochResult<M>>, "engine">> {
  while (results.length < options.epochs && callbacks.stopped() === undefined) {
    const outcome = await runEpoch(parts, options, results.length + 1);
    if ("updates" in outcome) {
      return { epochs: results, failure: describeFailure(outcome, options) };
    }
    results.push(outcome);
    options.onEpoch?.(outcome);
    await callbacks.epochEnded(outcome);
  }
  const stopped = callbacks.stopped();
  return { epochs: results, ...(stopped && { stopped }) };
}

/** Trains the network whose weights the engine holds, and leaves the new weights there. */
export async function runTraining<M extends MetricChoice>(
  { engine, network, inference, pace }: Place,
  options: LoopOptions<M>,
): Promise<History<EpochResult<M>>> {
  const { resume, train, validation, measures } = options;
  const setting = settingOf(network, options);
  if (resume) checkSetting(resume, setting);
  const training = await createTraining<M>(engine, network, { ...options, rows: train });
  const snapshots = createSnapshots(engine, network, training);
  if (resume) snapshots.restore(resume);
  const results = [...((resume?.epochs ?? []) as readonly EpochResult<M>[])];
  const callbacks = createCallbacks(options.callbacks, {
    plan: {
      epochs: options.epochs,
      hasValidation: validation !== undefined,
      scores: directionsOf(measures),
    },
    snapshots,
    checkpointed: () => ({ setting, epoch: results.length, epochs: [...results] }),
  });
  if (resume) callbacks.restore(resume);
  try {
    const parts = { training, inference, pace };
    const history = await runEpochs(parts, options, { callbacks, results });
    return { engine: engine.description, ...history };
  } finally {
    await callbacks.trainingEnded();
  }
}
