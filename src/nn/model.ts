/** @file The model: layers, their weights, and the verbs that a user knows from Keras. */
import type { Shape } from "../graph/index.js";
import { createEngine, type Engine } from "../runtime/index.js";
import { UsageError } from "../util/index.js";
import { checkFeatures, checkLabelled, countRows } from "./data.js";
import type { FeatureRows, LabelledRows } from "./data.js";
import { runTraining } from "./fit.js";
import type { EpochResult, History, Scores, TrainingEpoch } from "./history.js";
import { createInference, type Inference } from "./inference.js";
import type { LayerSpec } from "./layers/define.js";
import type { LossName } from "./losses/list.js";
import type { MetricName } from "./metrics/list.js";
import { buildNetwork, initialValues, type Network } from "./network.js";
import { nameLayers } from "./wiring.js";
import {
  checkBatchSize,
  checkFitOptions,
  checkLoss,
  checkMetrics,
  checkOptionNames,
  checkSeed,
  type FitOptions,
} from "./options.js";
import { createPace, type Pace } from "./pace.js";
import { summarize } from "./summary.js";
import { nameWeights, orderWeights, type WeightArray } from "./weights.js";

export interface EvaluateOptions<M extends MetricName> {
  /** Default: that of the latest `fit`. */
  readonly loss?: LossName;
  /** Default: accuracy. */
  readonly metrics?: readonly M[];
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
  fit<M extends MetricName = "accuracy">(
    train: LabelledRows,
    options: FitOptions<M, EpochResult<M>> & { readonly validation: LabelledRows },
  ): Promise<History<EpochResult<M>>>;
  fit<M extends MetricName = "accuracy">(
    train: LabelledRows,
    options: FitOptions<M, TrainingEpoch<M>>,
  ): Promise<History<TrainingEpoch<M>>>;
  /** Mean loss and metrics of the rows, without noise. */
  evaluate<M extends MetricName = "accuracy">(
    rows: LabelledRows,
    options?: EvaluateOptions<M>,
  ): Promise<Scores<M>>;
  /** What the last layer gives for each row, without noise: row-major, [rows, units]. */
  predict(rows: FeatureRows, options?: { readonly engine?: Engine }): Promise<Float32Array>;
  /** Gives the weights their initial values; `fit` does it for the shape of its rows. */
  build(options: { readonly inputShape: Shape; readonly seed?: number }): void;
  /** A table of layers, output shapes and numbers of parameters. */
  summary(): string;
  /** Copies of all weights, in the order of the layers. */
  weights(): readonly WeightArray[];
  /** Replaces all weights. */
  setWeights(weights: readonly Pick<WeightArray, "name" | "values">[]): void;
}

class SequentialModel implements Model {
  readonly #layers: ReturnType<typeof nameLayers>;
  #network: Network | undefined;
  #values: readonly Float32Array[] = [];
  #isTraining = false;
  /** The engine of the training that is going on, once it holds the weights. */
  #training: Engine | undefined;
  #loss: LossName | undefined;
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

  async fit<M extends MetricName>(
    train: LabelledRows,
    options: FitOptions<M, EpochResult<M>>,
  ): Promise<History<EpochResult<M>>> {
    const checked = checkFitOptions(options);
    const { seed, validation, signal, clock, engine } = checked;
    signal?.throwIfAborted();
    this.#requireRest("fit");
    const network = this.#network ?? buildNetwork(this.#layers, train.featureShape);
    checkLabelled("fit", train, network);
    if (validation) checkLabelled("fit, validation", validation, network);
    checkBatchSize(checked.batchSize, countRows(train));
    if (!this.#network) this.#begin(network, seed);
    this.#loss = checked.measures.loss;
    const pace = createPace({ ...(clock && { clock }), ...(signal && { signal }) });
    this.#isTraining = true;
    let own: Engine | undefined;
    try {
      const used = engine ?? (own = await createEngine());
      this.#load(used, network);
      this.#training = used;
      return await runTraining({ engine: used, network, pace }, { ...checked, train });
    } finally {
      this.#values = this.#present(network);
      this.#training = undefined;
      this.#isTraining = false;
      pace.close();
      await own?.dispose();
    }
  }

  async evaluate<M extends MetricName>(
    rows: LabelledRows,
    options: EvaluateOptions<M> = {},
  ): Promise<Scores<M>> {
    checkOptionNames("evaluate", options, ["loss", "metrics", "engine"]);
    const network = this.#built("evaluate");
    checkLabelled("evaluate", rows, network);
    const measures = {
      loss: checkLoss("evaluate", options.loss ?? this.#loss),
      metrics: checkMetrics("evaluate", options.metrics),
    };
    return this.#infer(network, options.engine, (inference, pace) =>
      inference.score(rows, measures, pace),
    );
  }

  async predict(
    rows: FeatureRows,
    options: { readonly engine?: Engine } = {},
  ): Promise<Float32Array> {
    checkOptionNames("predict", options, ["engine"]);
    const network = this.#built("predict");
    checkFeatures("predict", rows, network);
    return this.#infer(network, options.engine, (inference, pace) => inference.predict(rows, pace));
  }

  summary(): string {
    return summarize(this.#built("summary"));
  }

  weights(): readonly WeightArray[] {
    const network = this.#built("weights");
    return nameWeights(network, this.#present(network));
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
    network.weights.forEach(({ variable }, i) => engine.write(variable, values[i]));
  }

  /** The weights of this moment: during a training they are on its engine. */
  #present(network: Network): readonly Float32Array[] {
    const engine = this.#training;
    if (!engine) return this.#values;
    return network.weights.map(({ variable }) => Float32Array.from(engine.read(variable)));
  }

  #keptEngine(): Promise<Engine> {
    this.#ownEngine ??= createEngine();
    return this.#ownEngine;
  }

  async #infer<T>(
    network: Network,
    engine: Engine | undefined,
    work: (inference: Inference, pace: Pace) => Promise<T>,
  ): Promise<T> {
    const used = engine ?? (await this.#keptEngine());
    const inference = this.#inferences.get(used) ?? createInference(used, network);
    this.#inferences.set(used, inference);
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
