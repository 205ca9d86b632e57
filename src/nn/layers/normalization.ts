/** @file What normalization layers share: moments along axes, and the factor and offset of each feature. */
import { ops, type Shape, type Tensor } from "../../graph/index.js";
import { choice, real } from "../../util/index.js";
import { constraintParameter } from "../constraints/list.js";
import { initializerNames, initializers } from "../initializers/list.js";
import { flag, type DeclaredValues } from "../parameters.js";
import { regularizerParameter } from "../regularizers/list.js";
import type { LayerPlace, Weight } from "./define.js";
import { createWeight } from "./weight.js";

/** What is added to a variance before its root is taken. */
export const epsilon = (value: number) => real({ min: 0, minOpen: true, max: 1, default: value });

/** The parameters of layers that end in `normalized * gamma + beta`. */
export const gammaAndBetaParameters = {
  /** Whether to add beta. */
  center: flag({ default: true }),
  /** Whether to multiply by gamma. */
  scale: flag({ default: true }),
  betaInitializer: choice({ choices: initializerNames, default: "zeros" }),
  gammaInitializer: choice({ choices: initializerNames, default: "ones" }),
  /** Penalties; none by default. */
  betaRegularizer: regularizerParameter,
  gammaRegularizer: regularizerParameter,
  /** What they become after an update; as they are by default. */
  betaConstraint: constraintParameter,
  gammaConstraint: constraintParameter,
};

/** A tensor whose axes are some of a batch's, as one that broadcasts against the batch. */
export function alignTo(x: Tensor, axes: readonly number[], values: Tensor): Tensor {
  return ops.reshape(
    values,
    x.shape.map((size, axis) => (axes.includes(axis) ? size : 1)),
  );
}

/**
 * The mean along some axes, the distances to it, and the mean of their squares, which is the biased
 * variance. In two passes: the mean of squares less the squared mean would cancel. Both keep the axes,
 * with size 1.
 */
export function moments(
  x: Tensor,
  axes: readonly number[],
): { readonly mean: Tensor; readonly centered: Tensor; readonly variance: Tensor } {
  const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const mean = ops.reshape(ops.mean(x, axes), kept);
  const centered = ops.subtract(x, mean);
  return { mean, centered, variance: ops.reshape(ops.mean(ops.square(centered), axes), kept) };
}

/** gamma and beta, as far as the layer has them. */
export function gammaAndBeta(
  place: LayerPlace,
  values: DeclaredValues<typeof gammaAndBetaParameters>,
  shape: Shape,
): { readonly gamma: Weight | undefined; readonly beta: Weight | undefined } {
  const gamma = (): Weight =>
    createWeight(place, {
      part: "gamma",
      shape,
      initializer: initializers[values.gammaInitializer],
      regularizer: values.gammaRegularizer,
      constraint: values.gammaConstraint,
    });
  const beta = (): Weight =>
    createWeight(place, {
      part: "beta",
      shape,
      initializer: initializers[values.betaInitializer],
      regularizer: values.betaRegularizer,
      constraint: values.betaConstraint,
    });
  return {
    gamma: values.scale ? gamma() : undefined,
    beta: values.center ? beta() : undefined,
  };
}

/**
 * `centered / sqrt(variance + epsilon) * gamma + beta`.
 *
 * @param options.axes - of the batch, along which gamma and beta run
 */
export function standardize(
  { centered, variance }: { readonly centered: Tensor; readonly variance: Tensor },
  options: {
    readonly epsilon: number;
    readonly axes: readonly number[];
    readonly gamma: Weight | undefined;
    readonly beta: Weight | undefined;
  },
): Tensor {
  const { axes, gamma, beta } = options;
  const aligned = (weight: Weight): Tensor => alignTo(centered, axes, weight.variable);
  const factor = ops.divide(
    gamma ? aligned(gamma) : 1,
    ops.sqrt(ops.add(variance, options.epsilon)),
  );
  const scaled = ops.multiply(centered, factor);
  return beta ? ops.add(scaled, aligned(beta)) : scaled;
}
