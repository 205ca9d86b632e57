/** @file A network: layers built for an input shape, as one function of tensors. */
import { ops, sameShape, sizeOf, type Shape, type Tensor, type Variable } from "../graph/index.js";
import { randomStream, UsageError } from "../util/index.js";
import type {
  ApplyContext,
  BuiltLayer,
  LayerDefinition,
  LayerResult,
  Weight,
} from "./layers/define.js";
import { MODEL_INPUT, type NamedLayer } from "./wiring.js";

export interface NetworkLayer extends BuiltLayer {
  /** "dense_1": its kind and its number among the layers of that kind, unless it was given a name. */
  readonly name: string;
  readonly definition: LayerDefinition;
  /** Its parameters, checked and with defaults. */
  readonly values: NamedLayer["values"];
  /** The layers that it takes its inputs from; {@link MODEL_INPUT} is the network's input. */
  readonly inputs: readonly number[];
  /** Of its first input. */
  readonly inputShape: Shape;
}

/** What a network makes of a batch. */
export interface NetworkResult extends Pick<LayerResult, "output" | "logits" | "probability"> {
  /** What each layer gave, in order. */
  readonly outputs: readonly Tensor[];
  /** Penalties on what layers gave, scalars. Those of weights are not among them. */
  readonly penalties: readonly Tensor[];
  /** The new values of weights that are not trainable. */
  readonly updates: ReadonlyMap<Variable, Tensor>;
  /** What these updates move them towards, where that is a statistic of the batch. */
  readonly statistics: ReadonlyMap<Variable, Tensor>;
}

export interface Network {
  /** Of one row, as the first layer gets it. */
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly layers: readonly NetworkLayer[];
  readonly weights: readonly Weight[];
  /** @param x - shape [rows, ...inputShape] */
  readonly apply: (x: Tensor, context: ApplyContext) => NetworkResult;
}

/**
 * The shape in which the network reads a row, which the first layer that asks for a number of axes
 * decides. If it asks for one, rows of several axes, such as images, are read as vectors; if it asks for
 * three, rows of two axes are read as images of one channel. A layer that keeps the shape of rows ends
 * the search.
 */
function inputShapeOf(layers: readonly NamedLayer[], rowShape: Shape): Shape {
  const rank = layers.find(
    ({ definition: { inputRank, keepsRowShape } }) => inputRank !== undefined || keepsRowShape,
  )?.definition.inputRank;
  if (rank === 1) return [sizeOf(rowShape)];
  return rank === 3 && rowShape.length === 2 ? [...rowShape, 1] : rowShape;
}

function buildLayer(named: NamedLayer, inputShapes: readonly Shape[]): NetworkLayer {
  const { name, definition, values, inputs } = named;
  const { inputRank } = definition;
  const [inputShape] = inputShapes;
  if (inputRank !== undefined && inputRank !== inputShape.length) {
    const advice = inputRank === 1 ? " Put flatten() before it." : "";
    throw new UsageError(
      `${name}: a row of its input must have ${inputRank} ${inputRank === 1 ? "axis" : "axes"}; ` +
        `got [${inputShape.join(", ")}].${advice}`,
    );
  }
  return {
    ...named,
    inputShape,
    ...definition.build(values, {
      name,
      inputShape,
      inputShapes,
      readsRows: inputs[0] === MODEL_INPUT,
    }),
  };
}

function applyLayers(
  layers: readonly NetworkLayer[],
  x: Tensor,
  context: ApplyContext,
): NetworkResult {
  const results: LayerResult[] = [];
  const outputOf = (index: number): Tensor => (index === MODEL_INPUT ? x : results[index].output);
  for (const { apply, inputs } of layers) {
    const [first, ...others] = inputs.map(outputOf);
    results.push(apply(first, context, others));
  }
  const last = results.at(-1);
  return {
    output: last?.output ?? x,
    ...(last?.logits && { logits: last.logits }),
    ...(last?.probability && { probability: last.probability }),
    outputs: results.map(({ output }) => output),
    penalties: results.flatMap(({ penalties = [] }) => penalties),
    updates: new Map(results.flatMap(({ updates }) => [...(updates ?? [])])),
    statistics: new Map(results.flatMap(({ statistics }) => [...(statistics ?? [])])),
  };
}

/** Builds the layers for rows of a shape. The last one gives the network's output. */
export function buildNetwork(named: readonly NamedLayer[], rowShape: Shape): Network {
  const inputShape = inputShapeOf(named, rowShape);
  const layers: NetworkLayer[] = [];
  for (const layer of named) {
    const shapes = layer.inputs.map((index) =>
      index === MODEL_INPUT ? inputShape : layers[index].outputShape,
    );
    layers.push(buildLayer(layer, shapes));
  }
  return {
    inputShape,
    outputShape: layers.at(-1)?.outputShape ?? inputShape,
    layers,
    weights: layers.flatMap(({ weights }) => weights),
    apply: (x, context) => applyLayers(layers, x, context),
  };
}

/** Whether rows of this shape can be given to the network. */
export function acceptsRows(network: Network, rowShape: Shape): boolean {
  const { inputShape } = network;
  if (inputShape.length === 1) return sizeOf(rowShape) === inputShape[0];
  return sameShape(rowShape, inputShape) || sameShape([...rowShape, 1], inputShape);
}

/** Initial values, one array for each weight; each has a random stream of its own. */
export function initialValues(network: Network, seed: number): readonly Float32Array[] {
  return network.weights.map(({ name, variable, initializer }) =>
    initializer.fill(variable.shape, randomStream(seed, `init/${name}`)),
  );
}

/**
 * Stored rows as the network reads them: as float32, scaled, in its input shape.
 *
 * @param stored - shape [rows, size], uint8 or float32
 */
export function readRows(
  network: Pick<Network, "inputShape">,
  stored: Tensor,
  scale: Tensor | number,
): Tensor {
  const scaled = ops.multiply(ops.cast(stored, "float32"), scale);
  const shape = [stored.shape[0], ...network.inputShape];
  return sameShape(stored.shape, shape) ? scaled : ops.reshape(scaled, shape);
}
