/** @file A network: layers built for an input shape, as one function of tensors. */
import { ops, sameShape, sizeOf, type Shape, type Tensor } from "../graph/index.js";
import { randomStream, UsageError } from "../util/index.js";
import { checkValues, findByKind } from "./component.js";
import type {
  ApplyContext,
  BuiltLayer,
  LayerDefinition,
  LayerResult,
  LayerSpec,
  Weight,
} from "./layers/define.js";
import { layers as definitions } from "./layers/list.js";

export interface NetworkLayer extends BuiltLayer {
  /** "dense_1": its kind and its number among the layers of that kind. */
  readonly name: string;
}

export interface Network {
  /** Of one row, as the first layer gets it. */
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly layers: readonly NetworkLayer[];
  readonly weights: readonly Weight[];
  /** @param x - shape [rows, ...inputShape] */
  readonly apply: (x: Tensor, context: ApplyContext) => LayerResult;
}

/** A spec with its definition, name and checked values. */
interface NamedLayer {
  readonly name: string;
  readonly definition: LayerDefinition;
  readonly values: ReturnType<typeof checkValues>;
}

/**
 * Checks the specs and names the layers.
 *
 * @throws UsageError naming the first unknown layer or the first value out of range
 */
export function nameLayers(specs: readonly LayerSpec[]): readonly NamedLayer[] {
  if (specs.length === 0) {
    throw new UsageError("sequential: there must be at least one layer; got none.");
  }
  const counts = new Map<string, number>();
  return specs.map(({ kind, ...given }) => {
    const definition = findByKind("layer", definitions, kind);
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return { name: `${kind}_${count}`, definition, values: checkValues(definition, given) };
  });
}

/**
 * The shape in which the network reads a row, which the first layer that asks for a number of axes
 * decides. If it asks for one, rows of several axes, such as images, are read as vectors; if it asks for
 * three, rows of two axes are read as images of one channel.
 */
function inputShapeOf(layers: readonly NamedLayer[], rowShape: Shape): Shape {
  const rank = layers.find(({ definition }) => definition.inputRank !== undefined)?.definition
    .inputRank;
  if (rank === 1) return [sizeOf(rowShape)];
  return rank === 3 && rowShape.length === 2 ? [...rowShape, 1] : rowShape;
}

function buildLayer({ name, definition, values }: NamedLayer, inputShape: Shape): NetworkLayer {
  const { inputRank } = definition;
  if (inputRank !== undefined && inputRank !== inputShape.length) {
    const advice = inputRank === 1 ? " Put flatten() before it." : "";
    throw new UsageError(
      `${name}: a row of its input must have ${inputRank} ${inputRank === 1 ? "axis" : "axes"}; ` +
        `got [${inputShape.join(", ")}].${advice}`,
    );
  }
  return { name, ...definition.build(values, { name, inputShape }) };
}

/** Builds the layers for rows of a shape. */
export function buildNetwork(named: readonly NamedLayer[], rowShape: Shape): Network {
  const inputShape = inputShapeOf(named, rowShape);
  const layers: NetworkLayer[] = [];
  for (const layer of named) {
    layers.push(buildLayer(layer, layers.at(-1)?.outputShape ?? inputShape));
  }
  return {
    inputShape,
    outputShape: layers.at(-1)?.outputShape ?? inputShape,
    layers,
    weights: layers.flatMap(({ weights }) => weights),
    apply: (x, context) =>
      layers.reduce<LayerResult>(({ output }, layer) => layer.apply(output, context), {
        output: x,
      }),
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
export function readRows(network: Network, stored: Tensor, scale: Tensor | number): Tensor {
  const scaled = ops.multiply(ops.cast(stored, "float32"), scale);
  const shape = [stored.shape[0], ...network.inputShape];
  return sameShape(stored.shape, shape) ? scaled : ops.reshape(scaled, shape);
}
