/** @file Copies of what a training holds on its engine, out of it and back. */
import type { Variable } from "../graph/index.js";
import type { Engine } from "../runtime/index.js";
import type { AugmentationSpec } from "./augmentations/define.js";
import type { AveragingSpec } from "./averaging/define.js";
import { matchTensors, type Checkpoint } from "./checkpoint.js";
import { countRows, type SupervisedRows } from "./data.js";
import type { StoredTensor } from "./formats/safetensors.js";
import type { MetricChoice } from "./metrics/list.js";
import type { Network } from "./network.js";
import type { OptimizerSpec } from "./optimizers/define.js";
import type { Measures } from "./scoring.js";
import type { Training } from "./training.js";
import { readFloats } from "./weights.js";

export interface Snapshots {
  readonly weights: () => readonly Float32Array[];
  readonly setWeights: (weights: readonly Float32Array[]) => void;
  readonly learningRate: () => number;
  readonly setLearningRate: (rate: number) => void;
  /** Weights and memory, as a checkpoint holds them. */
  readonly take: () => Pick<Checkpoint, "weights" | "memory">;
  /** @throws UsageError if the checkpoint is of another model or optimizer */
  readonly restore: (checkpoint: Checkpoint) => void;
}

/** The training that a checkpoint is of, in words that can be compared. */
export function settingOf(
  { layers }: Network,
  options: {
    readonly train: SupervisedRows;
    readonly optimizer: OptimizerSpec;
    readonly measures: Measures;
    readonly averaging?: AveragingSpec;
    readonly augmentation?: readonly AugmentationSpec[];
    readonly classWeights?: readonly number[];
    readonly batchSize: number;
    readonly seed: number;
  },
): Readonly<Record<string, string>> {
  const { train, optimizer, measures, averaging, augmentation, classWeights, batchSize, seed } =
    options;
  const specs = layers.map(({ name, definition, values }) => ({
    name,
    kind: definition.kind,
    ...values,
  }));
  const parts = { layers: specs, optimizer, loss: measures.loss, batchSize, seed };
  const setting = {
    ...parts,
    ...(averaging && { averaging }),
    ...(augmentation && { augmentation }),
    ...(classWeights && { "class weights": classWeights }),
  };
  const texts = Object.entries({ ...setting, "number of training rows": countRows(train) });
  return Object.fromEntries(texts.map(([name, value]) => [name, JSON.stringify(value)]));
}

export function createSnapshots(
  engine: Engine,
  network: Network,
  { memory, learningRate }: Pick<Training<MetricChoice>, "memory" | "learningRate">,
): Snapshots {
  const variables = network.weights.map(({ variable }) => variable);
  const describe = (variable: Variable): Pick<StoredTensor, "name" | "shape"> => ({
    name: variable.attributes.name,
    shape: variable.shape,
  });
  const copy = (variable: Variable): StoredTensor => ({
    ...describe(variable),
    values: engine.read(variable),
  });
  return {
    weights: () => variables.map((variable) => readFloats(engine, variable)),
    setWeights: (weights) => variables.forEach((variable, i) => engine.write(variable, weights[i])),
    learningRate: () => engine.read(learningRate)[0],
    setLearningRate: (rate) => engine.write(learningRate, [rate]),
    take: () => ({ weights: variables.map(copy), memory: memory.map(copy) }),
    restore: (checkpoint) => {
      const weights = matchTensors(variables.map(describe), checkpoint.weights);
      const remembered = matchTensors(memory.map(describe), checkpoint.memory);
      variables.forEach((variable, i) => engine.write(variable, weights[i]));
      memory.forEach((variable, i) => engine.write(variable, remembered[i]));
    },
  };
}
