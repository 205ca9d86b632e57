/** @file What weights and activations look like: zeros, dead inputs and units, norms, penalties. */
import { sizeOf, type Shape } from "../graph/index.js";
import type { Weight } from "./layers/define.js";
import type { Network, NetworkLayer } from "./network.js";

/** How many of some elements are zero. */
export interface ZeroCount {
  readonly elements: number;
  /** Those that are 0. */
  readonly exactZeros: number;
  /** Those below the limit in size, the exact ones among them. */
  readonly nearZeros: number;
}

export interface WeightInspection extends ZeroCount {
  /** "dense_1/kernel" */
  readonly name: string;
  readonly shape: Shape;
  readonly trainable: boolean;
  /** sqrt(sum(w^2)) */
  readonly norm: number;
  /**
   * Of the elements that a live input reaches: one that was not 0 in every row. The others never had a
   * gradient: their zeros are no success of a penalty. Absent without rows, and where no input is
   * multiplied by the weight.
   */
  readonly live?: ZeroCount;
  /** Absent if it has none. */
  readonly penalty?: number;
}

export interface LayerInspection {
  readonly name: string;
  /** Elements of the output's last axis: units, channels. */
  readonly units: number;
  /** Units that were 0 in every row, and at every place of an image. */
  readonly deadUnits: number;
  /** The share of zeros among all outputs. */
  readonly zeroShare: number;
}

export interface Inspection {
  readonly weights: readonly WeightInspection[];
  /** The sum of the penalties of all weights; absent if none has one. */
  readonly penalty?: number;
  /** Elements of the input's last axis (features, channels), and those that were 0 in every row. */
  readonly inputs?: { readonly features: number; readonly deadFeatures: number };
  /** Every layer but the last. Absent without rows. */
  readonly layers?: readonly LayerInspection[];
}

/** Counts of {@link countActive} over some rows: of the network's input, and of each layer's output. */
export interface Activity {
  readonly rows: number;
  readonly counts: readonly Float64Array[];
}

export interface Inspected {
  /** In the order of the network's weights. */
  readonly values: readonly Float32Array[];
  /** The penalty of each weight. */
  readonly penalties: readonly (number | undefined)[];
  /** Elements smaller than this are near zero. */
  readonly nearZero: number;
  readonly activity?: Activity;
}

/** Neighbours in a weight that are counted together or not at all. */
interface Runs {
  readonly length: number;
  /** Whether the run that begins at this index is counted. */
  readonly isCounted: (start: number) => boolean;
}

const allOf = ({ length }: Float32Array): Runs => ({ length, isCounted: () => true });

function countZeros(
  values: Float32Array,
  nearZero: number,
  { length, isCounted }: Runs = allOf(values),
): ZeroCount {
  let [elements, exactZeros, nearZeros] = [0, 0, 0];
  for (let start = 0; start < values.length; start += length) {
    if (!isCounted(start)) continue;
    elements += length;
    for (let index = start; index < start + length; index++) {
      if (values[index] === 0) exactZeros++;
      if (Math.abs(values[index]) < nearZero) nearZeros++;
    }
  }
  return { elements, exactZeros, nearZeros };
}

/** Which elements of a weight meet an input that was ever active. */
function liveElements({ variable, inputAxis }: Weight, active: Float64Array): Runs | undefined {
  if (inputAxis === undefined) return undefined;
  const { shape } = variable;
  const length = sizeOf(shape.slice(inputAxis + 1));
  return { length, isCounted: (start) => active[(start / length) % shape[inputAxis]] > 0 };
}

function normOf(values: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] * values[index];
  return Math.sqrt(sum);
}

const dead = (counts: Float64Array): number => counts.filter((count) => count === 0).length;

function inspectWeight(
  weight: Weight,
  {
    values,
    penalty,
    nearZero,
    active,
  }: {
    readonly values: Float32Array;
    readonly penalty: number | undefined;
    readonly nearZero: number;
    readonly active: Float64Array | undefined;
  },
): WeightInspection {
  const live = active && liveElements(weight, active);
  return {
    name: weight.name,
    shape: weight.variable.shape,
    trainable: weight.trainable,
    norm: normOf(values),
    ...countZeros(values, nearZero),
    ...(live && { live: countZeros(values, nearZero, live) }),
    ...(penalty !== undefined && { penalty }),
  };
}

function inspectLayer(
  { name, outputShape }: NetworkLayer,
  rows: number,
  counts: Float64Array,
): LayerInspection {
  const active = counts.reduce((sum, count) => sum + count, 0);
  return {
    name,
    units: counts.length,
    deadUnits: dead(counts),
    zeroShare: 1 - active / (rows * sizeOf(outputShape)),
  };
}

/** Looks at weights, and at activations if they were counted. */
export function inspectNetwork(
  { layers }: Network,
  { values, penalties, nearZero, activity }: Inspected,
): Inspection {
  // The network's input is -1 among the inputs of a layer, and the first that was counted.
  const activeInput = ({ inputs }: NetworkLayer): Float64Array | undefined =>
    activity?.counts[inputs[0] + 1];
  const owners = layers.flatMap((layer) => layer.weights.map((weight) => ({ layer, weight })));
  const weights = owners.map(({ layer, weight }, i) =>
    inspectWeight(weight, {
      values: values[i],
      penalty: penalties[i],
      nearZero,
      active: activeInput(layer),
    }),
  );
  const penalized = penalties.filter((penalty) => penalty !== undefined);
  const [inputCounts, ...layerCounts] = activity?.counts ?? [];
  return {
    weights,
    ...(penalized.length > 0 && { penalty: penalized.reduce((sum, value) => sum + value, 0) }),
    ...(activity && {
      inputs: { features: inputCounts.length, deadFeatures: dead(inputCounts) },
      layers: layers
        .slice(0, -1)
        .map((layer, i) => inspectLayer(layer, activity.rows, layerCounts[i])),
    }),
  };
}
