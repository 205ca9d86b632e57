/** @file A trial's final weights in a few numbers: zeros, norm, dead units, histogram. */
import { largestWeight, weightHistogram } from "../analysis/index.js";
import type { Inspection, WeightArray } from "../nn/index.js";

/** What {@link describeWeights} reads: a model's own counts over its training rows, and its weights. */
export interface WeightsSeen {
  readonly inspection: Inspection;
  readonly weights: readonly WeightArray[];
}

/** Of all trainable weights together. */
export interface WeightDiagnostics {
  readonly weights: number;
  readonly exactZeros: number;
  /** Smaller than 1e-4 in size, the exact zeros among them. */
  readonly nearZeros: number;
  /**
   * Exact zeros among the weights that an input reached which was ever other than 0; the others never
   * had a gradient, and their zeros are no success of a penalty.
   */
  readonly liveZeros: number;
  /** How many such weights there are. */
  readonly liveWeights: number;
  /** sqrt(sum(w^2)) */
  readonly norm: number;
  /** Units of hidden layers with a kernel that were 0 in every training row, and all of them. */
  readonly deadUnits: number;
  readonly hiddenUnits: number;
  /**
   * Counts over [-reach, reach] in bins of equal width. The reach is a power of 2, so that the bins of
   * two trials nest: those of a reach twice as large are pairs of these.
   */
  readonly histogram: { readonly reach: number; readonly counts: readonly number[] };
}

const BINS = 128;

/** The smallest power of 2 that no weight exceeds. */
function reachOf(arrays: readonly Float32Array[]): number {
  const largest = Math.max(...arrays.map((values) => largestWeight("describeWeights", values)));
  return largest > 0 ? 2 ** Math.ceil(Math.log2(largest)) : 1;
}

/** Of all weights, array by array. */
function histogramOf(arrays: readonly Float32Array[]): WeightDiagnostics["histogram"] {
  const reach = reachOf(arrays);
  const counts = new Array<number>(BINS).fill(0);
  for (const values of arrays) {
    weightHistogram(values, { bins: BINS, reach }).counts.forEach((count, bin) => {
      counts[bin] += count;
    });
  }
  return { reach, counts };
}

const total = <T>(items: readonly T[], read: (item: T) => number): number =>
  items.reduce((sum, item) => sum + read(item), 0);

const trainableOf = ({ inspection }: WeightsSeen) =>
  inspection.weights.filter(({ trainable }) => trainable);

/** The layers before the last that have a kernel. */
function hiddenLayers(seen: WeightsSeen) {
  const owners = new Set(
    trainableOf(seen).flatMap(({ name }) => (name.endsWith("/kernel") ? [name.slice(0, -7)] : [])),
  );
  return (seen.inspection.layers ?? []).filter(({ name }) => owners.has(name));
}

function valuesOf(seen: WeightsSeen): readonly Float32Array[] {
  const names = new Set(trainableOf(seen).map(({ name }) => name));
  return seen.weights.filter(({ name }) => names.has(name)).map(({ values }) => values);
}

/** @param seen - of the network, or of each member of an ensemble */
export function describeWeights(seen: readonly WeightsSeen[]): WeightDiagnostics {
  const trainable = seen.flatMap(trainableOf);
  const hidden = seen.flatMap(hiddenLayers);
  return {
    weights: total(trainable, ({ elements }) => elements),
    exactZeros: total(trainable, ({ exactZeros }) => exactZeros),
    nearZeros: total(trainable, ({ nearZeros }) => nearZeros),
    // A weight that no input is multiplied by, such as a bias, is always live.
    liveZeros: total(trainable, (weight) => (weight.live ?? weight).exactZeros),
    liveWeights: total(trainable, (weight) => (weight.live ?? weight).elements),
    norm: Math.hypot(...trainable.map(({ norm }) => norm)),
    deadUnits: total(hidden, ({ deadUnits }) => deadUnits),
    hiddenUnits: total(hidden, ({ units }) => units),
    histogram: histogramOf(seen.flatMap(valuesOf)),
  };
}
