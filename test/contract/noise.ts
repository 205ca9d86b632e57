/** @file What a random layer makes of given rows at one step, and moments of what it draws. */
import { ops, variable, type Shape } from "../../src/graph/index.js";
import type { LayerSpec } from "../../src/nn/layers/define.js";
import { buildNetwork } from "../../src/nn/network.js";
import { nameLayers } from "../../src/nn/wiring.js";
import { valuesOf } from "./numbers.js";

/**
 * The output in training, in float64.
 *
 * @param shape - of the rows together: [rows, ...]
 */
export function noisyOutput(
  spec: LayerSpec,
  shape: Shape,
  values: ArrayLike<number>,
): Float64Array {
  const x = variable({ name: "x", shape });
  const network = buildNetwork(nameLayers([spec]), shape.slice(1));
  const noise = { seed: 3, step: ops.constant(0, "int32") };
  return valuesOf([network.apply(x, { noise }).output], new Map([[x, values]]))[0];
}

/** Mean, variance about it, and kurtosis (3 for normal numbers). */
export function momentsOf(values: ArrayLike<number>) {
  const list = Array.from(values);
  const average = (f: (value: number) => number): number =>
    list.reduce((sum, value) => sum + f(value), 0) / list.length;
  const mean = average((value) => value);
  const variance = average((value) => (value - mean) ** 2);
  return { mean, variance, kurtosis: average((value) => (value - mean) ** 4) / variance ** 2 };
}

/** Five standard errors of mean, variance and kurtosis of n normal numbers with variance 1. */
export const normalErrors = (n: number) => ({
  mean: 5 / Math.sqrt(n),
  variance: 5 * Math.sqrt(2 / n),
  kurtosis: 5 * Math.sqrt(24 / n),
});
