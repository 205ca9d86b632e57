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

/** Neighbours in a weight that meet the same input. */
interface Runs {
  readonly length: number;
  /** Whether the input of the run that begins at this index was ever active. */
  readonly isLive: (start: number) => boolean;
}

/** Which elements of a weight meet an input that was ever active. */
function liveRuns({ variable, inputAxis }: Weight, active: Float64Array): Runs | undefined {
  if (inputAxis === undefined) return undefined;
  const { shape } = variable;
  const length = sizeOf(shape.slice(inputAxis + 1));
  return { length, isLive: (start) => active[(start / length) % shape[inputAxis]] > 0 };
}

const plus = (a: ZeroCount, b: ZeroCount): ZeroCount => ({
  elements: a.elements + b.elements,
  exactZeros: a.exactZeros + b.exactZeros,
  nearZeros: a.nearZeros + b.nearZeros,
});

/** All that is counted, in one walk: of large networks, it takes longer than anything else here. */
function measure(
  values: Float32Array,
  nearZero: number,
  { length, isLive }: Runs = { length: values.length, isLive: () => true },
): { readonly norm: number; readonly all: ZeroCount; readonly live: ZeroCount } {
  let squares = 0;
  let all: ZeroCount = { elements: 0, exactZeros: 0, nearZeros: 0 };
  let live = all;
  for (let start = 0; start < values.length; start += length) {
    let exactZeros = 0;
    let nearZeros = 0;
    for (let index = start; index < start + length; index++) {
      const value = values[index];
      squares += value * value;
      if (value === 0) exactZeros++;
      if (Math.abs(value) < nearZero) nearZeros++;
    }
    const run = { elements: length, exactZeros, nearZeros };
    all = plus(all, run);
    if (isLive(start)) live = plus(live, run);
  }
  return { norm: Math.sqrt(squares), all, live };
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
  const runs = active && liveRuns(weight, active);
  const { norm, all, live } = measure(values, nearZero, runs);
  return {
    name: weight.name,
    shape: weight.variable.shape,
    trainable: weight.trainable,
    norm,
    ...all,
    ...(runs && { live }),
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
