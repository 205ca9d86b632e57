/** @file A model from the parts of a `.keras` file: its configuration and its weights. */
import { sameShape } from "../../../graph/index.js";
import { UsageError } from "../../../util/index.js";
import type { LayerSpec } from "../../layers/define.js";
import { sequential, type Model } from "../../model.js";
import type { StoredTensor } from "../safetensors.js";
import { layerFrom, type KerasLayer } from "./layer.js";
import { groupNameOf, isKerasObject, type KerasObject } from "./names.js";

/** What lies in a `.keras` file. */
export interface KerasParts {
  /** `config.json`, parsed. */
  readonly config: unknown;
  /** The arrays of `model.weights.h5`, by their paths: "layers/dense/vars/0". */
  readonly weights: readonly StoredTensor[];
}

interface ModelConfig {
  readonly layers: readonly KerasLayer[];
  readonly build_input_shape?: readonly (number | null)[];
  readonly output_layers?: readonly unknown[];
}

const isInput = ({ class_name: name }: KerasLayer): boolean => name === "InputLayer";

/** Names with characters that Holdout's must not have. */
const ownName = (name: string): string => name.replace(/[^\w.-]/g, "_");

/** The names of the layers whose outputs a layer takes. */
function inputsOf(layer: KerasLayer, inputs: ReadonlySet<string>): readonly string[] {
  const nodes = layer.inbound_nodes ?? [];
  if (nodes.length !== 1) {
    throw new UsageError(
      `Keras: ${String(layer.config.name)} must be used once; got ${nodes.length} uses. Give each use a layer of its own.`,
    );
  }
  const tensors = nodes[0].args.flat().filter(isKerasObject);
  return tensors.map(({ config }) => {
    const [name] = config.keras_history as readonly [string];
    return inputs.has(name) ? "input" : ownName(name);
  });
}

/** All layers with their connections. */
function specsOf({ class_name: kind }: KerasObject, { layers }: ModelConfig): readonly LayerSpec[] {
  const inputs = new Set(layers.filter(isInput).map(({ config }) => String(config.name)));
  if (kind === "Functional" && inputs.size !== 1) {
    throw new UsageError(`Keras: the model must have one input; got ${inputs.size}.`);
  }
  return layers
    .filter((layer) => !isInput(layer))
    .map((layer) => ({
      ...layerFrom(layer),
      name: ownName(String(layer.config.name)),
      ...(kind === "Functional" && { inputs: inputsOf(layer, inputs) }),
    }));
}

function inputShapeOf({ layers, build_input_shape: built }: ModelConfig): readonly number[] {
  const shape = (layers.find(isInput)?.config.batch_shape ?? built) as
    readonly (number | null)[] | undefined;
  const row = shape?.slice(1);
  if (row?.every((size) => size !== null)) return row;
  throw new UsageError(
    `Keras: the shape of a row must be known; got [${row?.join(", ") ?? ""}]. Build the model in Keras before saving it.`,
  );
}

/** Keras' arrays for each layer, in order; it counts layers of each class from the second on. */
function groupsOf(layers: readonly KerasLayer[], weights: readonly StoredTensor[]) {
  const counts = new Map<string, number>();
  return layers.map(({ class_name: name }) => {
    const base = groupNameOf(name);
    const count = counts.get(base) ?? 0;
    counts.set(base, count + 1);
    const prefix = `layers/${count === 0 ? base : `${base}_${count}`}/vars/`;
    return weights
      .filter((weight) => weight.name.startsWith(prefix))
      .sort((a, b) => Number(a.name.slice(prefix.length)) - Number(b.name.slice(prefix.length)));
  });
}

/** Puts the arrays into the model, whose layers keep their weights in Keras' order. */
function loadWeights(model: Model, arrays: readonly StoredTensor[]): void {
  const own = model.weights();
  if (own.length !== arrays.length) {
    throw new UsageError(
      `Keras: the file must hold ${own.length} weights for these layers; got ${arrays.length}.`,
    );
  }
  const values = own.map(({ name, shape }, i) => {
    const array = arrays[i];
    if (array.values instanceof Float32Array && sameShape(array.shape, shape)) {
      return { name, values: array.values };
    }
    throw new UsageError(
      `Keras: ${array.name} must be float32 numbers of shape [${shape.join(", ")}] for ${name}; got [${array.shape.join(", ")}].`,
    );
  });
  model.setWeights(values);
}

/**
 * A model with its weights, as Keras 3 saved it; what it predicts is what it predicts in Keras.
 *
 * A Sequential model, or a functional one with one input and one output, of layers that Holdout has.
 * Regularizers with a kink come with `method: "subgradient"`, which is what Keras does. Optimizer and
 * loss are not taken over: give them to `fit`. In Node, `readKeras` reads the file.
 *
 * @throws UsageError for a model, layer or setting that Holdout does not have; nothing is ignored
 */
export function modelFromKeras({ config, weights }: KerasParts): Model {
  if (!isKerasObject(config) || !["Sequential", "Functional"].includes(config.class_name)) {
    const got = isKerasObject(config) ? config.class_name : "something else";
    throw new UsageError(`Keras: the model must be Sequential or functional; got ${got}.`);
  }
  const parts = config.config as unknown as ModelConfig;
  const model = sequential(specsOf(config, parts));
  model.build({ inputShape: inputShapeOf(parts) });
  loadWeights(model, groupsOf(parts.layers, weights).flat());
  return model;
}
