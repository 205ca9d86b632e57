/** @file The model: layers, their weights, and the verbs that a user knows from Keras. */
import type { Shape } from "../graph/index.js";
import { createEngine, type Engine } from "../runtime/index.js";
import { checkAugmentedRows } from "./augmentations/apply.js";
import { UsageError } from "../util/index.js";
import { checkFeatures, countRows } from "./data.js";
import type { FeatureRows, SupervisedRows } from "./data.js";
import { runTraining } from "./fit.js";
import { exportNetwork } from "./formats/onnx/export.js";
import type { EpochResult, History, Scores, TrainingEpoch } from "./history.js";
import { createInference, type Inference } from "./inference.js";
import { inspectNetwork, type Inspection } from "./inspect.js";
import type { LayerSpec } from "./layers/define.js";
import type { LossChoice } from "./losses/list.js";
import type { MetricChoice } from "./metrics/list.js";
import { buildNetwork, initialValues, type Network } from "./network.js";
import { nameLayers } from "./wiring.js";
import {
  checkBatchSize,
  checkFitOptions,
  checkLoss,
  checkMetrics,
  checkNearZero,
  checkOptionNames,
  checkSampling,
  checkSeed,
  type FitOptions,
} from "./options.js";
import { scoreOutputs } from "./outputs.js";
import { createPace, type Pace } from "./pace.js";
import { summarize } from "./summary.js";
import { checkClassWeights, checkSupervised } from "./supervision.js";
import { nameWeights, orderWeights, readFloats, type WeightArray } from "./weights.js";

export interface EvaluateOptions<M extends MetricChoice> {
  /** Default: that of the latest `fit`. */
  readonly loss?: LossChoice;
  /** Default: accuracy. */
  readonly metrics?: readonly M[];
  /** Scores these outputs, such as the average of several, in place of the model's own; row-major. */
  readonly outputs?: Float32Array;
  /** Default: one that the model keeps. */
  readonly engine?: Engine;
}

export interface PredictOptions {
  /** Outputs with noise to average, at least 1. Default: one output, without noise. */
  readonly samples?: number;
  /** Of the noise, default 0. */
  readonly seed?: number;
  /** Default: one that the model keeps. */
  readonly engine?: Engine;
}

export interface InspectOptions {
  /** Weights smaller than this are near zero; default 1e-4. */
  readonly nearZero?: number;
  /** Default: one that the model keeps. */
  readonly engine?: Engine;
}

/** A stack of layers with its weights. Made by {@link sequential}. */
export interface Model {
  /**
   * Trains the weights: from their present values if there are any, else from initial ones. The
   * optimizer starts anew at each call; give another seed to go on with other batches and noise.
   *
   * If the loss stops being finite, the history ends there and says why; the weights are then of no use.
   *
   * @throws UsageError if options, rows and layers do not fit together
   */
  fit<M extends MetricChoice = "accuracy">(
    train: SupervisedRows,
    options: FitOptions<M, EpochResult<M>> & { readonly validation: SupervisedRows },
  ): Promise<History<EpochResult<M>>>;
  fit<M extends MetricChoice = "accuracy">(
    train: SupervisedRows,
    options: FitOptions<M, TrainingEpoch<M>>,
  ): Promise<History<TrainingEpoch<M>>>;
  /** Mean loss and metrics of the rows, without noise. */
  evaluate<M extends MetricChoice = "accuracy">(
    rows: SupervisedRows,
    options?: EvaluateOptions<M>,
  ): Promise<Scores<M>>;
  /**
   * What the last layer gives for each row: row-major, [rows, units]. Without noise, unless `samples` ask
   * for it: then the mean of so many outputs with noise on, which of dropout is Monte Carlo dropout.
   * Probabilities are averaged, not logits. Normalization uses its running statistics either way.
   *
   * @see Gal and Ghahramani, Dropout as a Bayesian approximation, 2016
   */
  predict(rows: FeatureRows, options?: PredictOptions): Promise<Float32Array>;
  /** Gives the weights their initial values; `fit` does it for the shape of its rows. */
  build(options: { readonly inputShape: Shape; readonly seed?: number }): void;
  /** A table of layers, output shapes, numbers of parameters and penalties. */
  summary(): string;
  /**
   * Counts zeros, exact and near, and gives norms and penalties, weight by weight. With rows, which it
   * predicts without noise, also dead inputs and units, the weights of live inputs apart, and the share of zeros
   * that each hidden layer gives.
   *
   * @param rows - such as the training rows; labels are not looked at
   * @throws UsageError if the model is not built or the rows do not fit
   */
  inspect(rows?: FeatureRows, options?: InspectOptions): Promise<Inspection>;
  /** Copies of all weights, in the order of the layers. */
  weights(): readonly WeightArray[];
  /**
   * The network in inference mode as an ONNX file: its input `input`, [rows, ...inputShape], float32,
   * takes features already multiplied by their scale; its output is `output`.
   */
  toOnnx(): Uint8Array<ArrayBuffer>;
  /** Replaces all weights. */
  setWeights(weights: readonly Pick<WeightArray, "name" | "values">[]): void;
}

/** Throws unless rows, network and options fit together. */
function checkRows<M extends MetricChoice, Epoch>(
  network: Network,
  train: SupervisedRows,
  checked: ReturnType<typeof checkFitOptions<M, Epoch>>,
): void {
  const { validation, measures, classWeights, augmentation = [], batchSize } = checked;
  checkSupervised("fit", train, { network, measures });
  if (validation) checkSupervised("fit, validation", validation, { network, measures });
  if (classWeights) checkClassWeights(train, classWeights);
  checkAugmentedRows(augmentation, train.featureShape);
  checkBatchSize(batchSize, countRows(train));
}

/**
 * Throws what `sequential(layers).fit(train, options)` would throw before its first update; without rows,
 * as much of it as can be known.
 *
 * @throws UsageError naming the first thing that does not fit
 */
export function checkFit<M extends MetricChoice, Epoch>(
  layers: readonly LayerSpec[],
  options: FitOptions<M, Epoch>,
  train?: SupervisedRows,
): void {
  const named = nameLayers(layers);
  const checked = checkFitOptions(options);
  if (train) checkRows(buildNetwork(named, train.featureShape), train, checked);
}

class SequentialModel implements Model {
  readonly #layers: ReturnType<typeof nameLayers>;
  #network: Network | undefined;
  #values: readonly Float32Array[] = [];
  #isTraining = false;
  /** The engine of the training that is going on, once it holds the weights. */
  #training: Engine | undefined;
  /**
   * What an engine was given last: while these are the weights, they need not be written again. After a
   * training they must be, there too: the float64 judge then has digits that no weight keeps.
   */
  readonly #loaded = new WeakMap<Engine, readonly Float32Array[]>();
  #loss: LossChoice | undefined;
  /** Kept between calls, because the memory of an engine is freed late. */
  #ownEngine: Promise<Engine> | undefined;
  readonly #inferences = new WeakMap<Engine, Inference>();

  constructor(specs: readonly LayerSpec[]) {
    this.#layers = nameLayers(specs);
  }

  build({ inputShape, seed }: { readonly inputShape: Shape; readonly seed?: number }): void {
    if (this.#network) throw new UsageError("build: the model must not be built yet; it is.");
    this.#begin(buildNetwork(this.#layers, inputShape), checkSeed("build", seed));
  }

  async fit<M extends MetricChoice>(
    train: SupervisedRows,
    options: FitOptions<M, EpochResult<M>>,
  ): Promise<History<EpochResult<M>>> {
    const checked = checkFitOptions(options);
    const { seed, signal, clock, engine } = checked;
    signal?.throwIfAborted();
    this.#requireRest("fit");
    const network = this.#network ?? buildNetwork(this.#layers, train.featureShape);
    checkRows(network, train, checked);
    if (!this.#network) this.#begin(network, seed);
    this.#loss = checked.measures.loss;
    const pace = createPace({ ...(clock && { clock }), ...(signal && { signal }) });
    this.#isTraining = true;
    let own: Engine | undefined;
    try {
      const used = engine ?? (own = await createEngine());
      this.#load(used, network);
      this.#training = used;
      const inference = this.#inferenceOn(used, network);
      return await runTraining({ engine: used, network, inference, pace }, { ...checked, train });
    } finally {
      this.#values = this.#present(network);
      this.#training = undefined;
      this.#isTraining = false;
      pace.close();
      await own?.dispose();
    }
  }

  async evaluate<M extends MetricChoice>(
    rows: SupervisedRows,
    options: EvaluateOptions<M> = {},
  ): Promise<Scores<M>> {
    checkOptionNames("evaluate", options, ["loss", "metrics", "outputs", "engine"]);
    const { outputs, engine } = options;
    const network = this.#built("evaluate");
    const measures = {
      loss: checkLoss("evaluate", options.loss ?? this.#loss),
      metrics: checkMetrics("evaluate", options.metrics),
    };
    checkSupervised("evaluate", rows, { network, measures });
    if (outputs) {
      const used = engine ?? (await this.#keptEngine());
      return scoreOutputs<M>({ engine: used, network }, { outputs, rows }, measures);
    }
    return this.#infer(network, engine, (inference, pace) =>
      inference.score<M>(rows, measures, pace),
    );
  }

  async predict(rows: FeatureRows, options: PredictOptions = {}): Promise<Float32Array> {
    checkOptionNames("predict", options, ["samples", "seed", "engine"]);
    const network = this.#built("predict");
    checkFeatures("predict", rows, network);
    const sampling = checkSampling(options);
    return this.#infer(network, options.engine, (inference, pace) =>
      inference.predict(rows, pace, sampling),
    );
  }

  async inspect(rows?: FeatureRows, options: InspectOptions = {}): Promise<Inspection> {
    checkOptionNames("inspect", options, ["nearZero", "engine"]);
    const network = this.#built("inspect");
    if (rows) checkFeatures("inspect", rows, network);
    const nearZero = checkNearZero("inspect", options.nearZero);
    const values = this.#present(network);
    return this.#infer(network, options.engine, async (inference, pace) =>
      inspectNetwork(network, {
        values,
        nearZero,
        penalties: await inference.penalties(),
        ...(rows && {
          activity: { rows: countRows(rows), counts: await inference.activity(rows, pace) },
        }),
      }),
    );
  }

  summary(): string {
    return summarize(this.#built("summary"));
  }

  weights(): readonly WeightArray[] {
    const network = this.#built("weights");
    return nameWeights(network, this.#present(network));
  }

  toOnnx(): Uint8Array<ArrayBuffer> {
    const network = this.#built("toOnnx");
    return exportNetwork(network, this.#present(network));
  }

  setWeights(weights: readonly Pick<WeightArray, "name" | "values">[]): void {
    const network = this.#built("setWeights");
    this.#requireRest("setWeights");
    this.#values = orderWeights(network, weights);
  }

  #requireRest(who: string): void {
    if (this.#isTraining) {
      throw new UsageError(`${who}: the model must not be in training; it is.`);
    }
  }

  #begin(network: Network, seed: number): void {
    this.#values = initialValues(network, seed);
    this.#network = network;
  }

  #built(who: string): Network {
    if (this.#network) return this.#network;
    throw new UsageError(
      `${who}: the model must know the shape of its rows; got none yet. ` +
        "Call fit, or build({ inputShape }).",
    );
  }

  #load(engine: Engine, network: Network): void {
    const values = this.#present(network);
    if (this.#loaded.get(engine) === values) return;
    network.weights.forEach(({ variable }, i) => engine.write(variable, values[i]));
    this.#loaded.set(engine, values);
  }

  /** The weights of this moment: during a training they are on its engine. */
  #present(network: Network): readonly Float32Array[] {
    const engine = this.#training;
    if (!engine) return this.#values;
    return network.weights.map(({ variable }) => readFloats(engine, variable));
  }

  #keptEngine(): Promise<Engine> {
    this.#ownEngine ??= createEngine();
    return this.#ownEngine;
  }

  #inferenceOn(engine: Engine, network: Network): Inference {
    const inference = this.#inferences.get(engine) ?? createInference(engine, network);
    this.#inferences.set(engine, inference);
    return inference;
  }

  async #infer<T>(
    network: Network,
    engine: Engine | undefined,
    work: (inference: Inference, pace: Pace) => Promise<T>,
  ): Promise<T> {
    const used = engine ?? (await this.#keptEngine());
    const inference = this.#inferenceOn(used, network);
    const pace = createPace({});
    try {
      if (used !== this.#training) this.#load(used, network);
      return await work(inference, pace);
    } finally {
      pace.close();
    }
  }
}

/**
 * A model that is a stack of layers. It takes the shape of its rows, and its weights, when it is first
 * fitted, as in Keras.
 *
 * Rows with several axes, such as images of [28, 28], are read as vectors where the first layer that
 * cares takes vectors (`dense` does); in Keras that takes a `Flatten` layer.
 *
 * A layer takes the output of the one before it, unless it names others: `{ ...add(), inputs: ["dense_1",
 * "dense_3"] }`. Layers are called by their kind and number, or by a `name` of their own; "input" is the
 * model's input. {@link functional} writes such lists for you.
 *
 * @example
 * const model = sequential([dense({ units: 64, activation: "relu" }), dense({ units: 10, activation: "softmax" })]);
 * @throws UsageError naming the first unknown layer or value out of range
 */
export function sequential(layers: readonly LayerSpec[]): Model {
  return new SequentialModel(layers);
}
