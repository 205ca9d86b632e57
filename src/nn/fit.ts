/** @file The training loop: epochs of updates, evaluation after each, and an end when the loss fails. */
import type { Engine } from "../runtime/index.js";
import { randomStream } from "../util/index.js";
import { countRows, type LabelledRows } from "./data.js";
import type { EpochResult, History, Progress, TrainingFailure } from "./history.js";
import { createInference } from "./inference.js";
import type { MetricName } from "./metrics/list.js";
import type { Network } from "./network.js";
import type { OptimizerSpec } from "./optimizers/define.js";
import type { Pace } from "./pace.js";
import type { Measures } from "./scoring.js";
import { createTraining, type Training } from "./training.js";

export interface LoopOptions<M extends MetricName> {
  readonly train: LabelledRows;
  readonly validation?: LabelledRows;
  readonly optimizer: OptimizerSpec;
  readonly measures: Measures<M>;
  readonly epochs: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly clock?: () => number;
  /** Called with the result of each epoch, while the engine holds its weights. */
  readonly onEpoch?: (result: EpochResult<M>) => void;
  readonly onProgress?: (progress: Progress) => void;
}

/** Makes one epoch's updates; returns early once the loss is not finite. */
async function runEpoch(
  training: Pick<Training<MetricName>, "steps" | "step" | "failure"> & {
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

/** The largest size of a feature as the network gets it. */
function largestFeature({ features, scale }: LabelledRows): number {
  let largest = 0;
  for (let i = 0; i < features.length; i++) largest = Math.max(largest, Math.abs(features[i]));
  return largest * Math.abs(scale);
}

/** Features beyond this size make losses overflow at usual learning rates. */
const LARGE_FEATURE = 100;

/** What went wrong: a loss that is not finite, after how many updates. */
interface Breakdown {
  readonly epoch: number;
  readonly step: number;
  readonly updates: number;
  readonly loss: number;
}

/** "learning rate 0.1", or the name of its schedule. */
function describeRate({ learningRate }: OptimizerSpec): string {
  const isSchedule = typeof learningRate === "object" && "kind" in learningRate;
  return `learning rate ${isSchedule ? learningRate.kind : String(learningRate)}`;
}

/** One sentence: what happened, and the likely cause. */
function describeFailure(
  { epoch, step, updates, loss }: Breakdown,
  { train, optimizer }: Pick<LoopOptions<MetricName>, "train" | "optimizer">,
): TrainingFailure {
  const became = Number.isNaN(loss) ? "NaN" : "infinite";
  const largest = Number(largestFeature(train).toPrecision(3));
  const isLarge = largest > LARGE_FEATURE;
  const features = `features reach ${largest}; scale them to about 1`;
  const rate = `${describeRate(optimizer)} is likely too high; try a smaller one`;
  const before = isLarge ? features : "the weights that it began with are not usable";
  const cause =
    updates === 0 ? `before any update: ${before}` : isLarge ? `${rate}; and ${features}` : rate;
  return {
    epoch,
    step,
    message: `Loss became ${became} at epoch ${epoch}, step ${step}: ${cause}.`,
  };
}

/** Trains the network whose weights the engine holds, and leaves the new weights there. */
export async function runTraining<M extends MetricName>(
  { engine, network, pace }: { engine: Engine; network: Network; pace: Pace },
  options: LoopOptions<M>,
): Promise<History<EpochResult<M>>> {
  const { train, validation, measures, epochs, seed, clock, onEpoch, onProgress } = options;
  const training = await createTraining(engine, network, { ...options, rows: train });
  const inference = createInference(engine, network);
  const now = clock ?? (() => NaN);
  const results: EpochResult<M>[] = [];
  const fail = (breakdown: Breakdown): History<EpochResult<M>> => ({
    engine: engine.description,
    epochs: results,
    failure: describeFailure(breakdown, options),
  });
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const started = now();
    training.begin(randomStream(seed, `order/${epoch}`).permutation(countRows(train)));
    await runEpoch(training, pace, (step, loss) =>
      onProgress?.({ epoch, epochs, step, steps: training.steps, loss }),
    );
    const seconds = (now() - started) / 1000;
    const failed = training.failure();
    if (failed) return fail({ ...failed, epoch, updates: failed.step - 1 });
    const clean = await inference.score(train, measures, pace);
    if (!Number.isFinite(clean.loss)) {
      // The epoch's last update spoiled the weights: no later batch has shown it.
      const step = epoch * training.steps;
      return fail({ epoch, step, updates: step, loss: clean.loss });
    }
    const running = training.running();
    const held = validation && { validation: await inference.score(validation, measures, pace) };
    // Without validation rows, `fit` promises its caller an epoch without `validation`.
    const penalty = training.penalty();
    const penalties = penalty !== undefined && { penalty };
    const result = { epoch, running, clean, ...held, ...penalties, seconds } as EpochResult<M>;
    results.push(result);
    onEpoch?.(result);
  }
  return { engine: engine.description, epochs: results };
}
