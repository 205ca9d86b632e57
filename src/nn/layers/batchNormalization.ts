/** @file BatchNormalization: each feature with the mean and variance of its batch, or of the training. */
import { ops, sizeOf, type Tensor, type Variable } from "../../graph/index.js";
import { real, UsageError } from "../../util/index.js";
import { initializers } from "../initializers/list.js";
import { flag } from "../parameters.js";
import { axis, resolveAxes } from "./axes.js";
import { defineLayer, type Weight } from "./define.js";
import {
  alignTo,
  epsilon,
  gammaAndBeta,
  gammaAndBetaParameters,
  moments,
  standardize,
} from "./normalization.js";
import { createWeight } from "./weight.js";

interface Running {
  readonly movingMean: Weight;
  readonly movingVariance: Weight;
}

/** What the running statistics become: momentum * old + (1 - momentum) * the batch's. */
function remember(
  { movingMean, movingVariance }: Running,
  batch: { readonly mean: Tensor; readonly variance: Tensor; readonly momentum: number },
): ReadonlyMap<Variable, Tensor> {
  const blend = ({ variable }: Weight, ofBatch: Tensor): [Variable, Tensor] => [
    variable,
    ops.add(
      ops.multiply(variable, batch.momentum),
      ops.multiply(ops.reshape(ofBatch, variable.shape), 1 - batch.momentum),
    ),
  ];
  return new Map([blend(movingMean, batch.mean), blend(movingVariance, batch.variance)]);
}

/**
 * `y = (x - mean) / sqrt(variance + epsilon) * gamma + beta`, with one mean and variance for each feature:
 * in training those of the batch (and, in images, of all places), in inference running averages of
 * them, which each training step moves: `movingMean = momentum * movingMean + (1 - momentum) * mean`.
 *
 * Keras' defaults. The variance is biased, divided by n, in y as in the running average; PyTorch keeps
 * the unbiased one, divided by n - 1, in its average: `unbiased: true`. PyTorch's momentum is the share
 * of the new value, 0.1, which here is 0.9, and its epsilon is 1e-5. A last, smaller batch counts as
 * much as a full one, as in both. Of a single value there is no variance: where Keras gives beta in
 * silence, a training with such a batch is refused, as in PyTorch.
 *
 * The statistics of a batch make the outputs noisy, the more so the smaller it is (as 1 / sqrt(batchSize)).
 *
 * @param options.axis - the features' axis, default the last; axis 0 is that of the rows
 * @param options.momentum - share of the old running statistics in the new, in [0, 1), default 0.99
 * @param options.epsilon - added to the variance, default 0.001
 * @param options.unbiased - whether the running variance is of n - 1, as in PyTorch; default false
 * @example batchNormalization()
 * @see Ioffe and Szegedy, Batch normalization: accelerating deep network training by reducing internal
 * covariate shift, 2015
 */
export const batchNormalization = defineLayer({
  kind: "batchNormalization",
  title: "BatchNormalization",
  params: {
    axis: axis({ default: -1 }),
    momentum: real({ min: 0, max: 1, maxOpen: true, default: 0.99 }),
    epsilon: epsilon(1e-3),
    unbiased: flag({ default: false }),
    ...gammaAndBetaParameters,
  },
  keepsRowShape: true,
  build: (values, place) => {
    const { name, inputShape } = place;
    const axes = resolveAxes(name, values.axis, inputShape.length);
    const shape = [inputShape[axes[0] - 1]];
    const { gamma, beta } = gammaAndBeta(place, values, shape);
    const state = (part: string, initializer: Weight["initializer"]): Weight =>
      createWeight(place, { part, shape, initializer, trainable: false });
    const movingMean = state("movingMean", initializers.zeros);
    const movingVariance = state("movingVariance", initializers.ones);
    const options = { epsilon: values.epsilon, axes, gamma, beta };

    const withRunning = (x: Tensor): Tensor => {
      const centered = ops.subtract(x, alignTo(x, axes, movingMean.variable));
      const variance = alignTo(x, axes, movingVariance.variable);
      return standardize({ centered, variance }, options);
    };

    const withBatch = (x: Tensor) => {
      const count = sizeOf(x.shape) / shape[0];
      if (count < 2) {
        throw new UsageError(
          `${name}: a batch must have at least 2 values of each feature in training; got 1. ` +
            "Use a batchSize that leaves no single row over.",
        );
      }
      const others = x.shape.flatMap((_, each) => (axes.includes(each) ? [] : [each]));
      const batch = moments(x, others);
      const correction = values.unbiased ? count / (count - 1) : 1;
      const variance = ops.multiply(batch.variance, correction);
      return {
        output: standardize(batch, options),
        updates: remember(
          { movingMean, movingVariance },
          { mean: batch.mean, variance, momentum: values.momentum },
        ),
        statistics: new Map([
          [movingMean.variable, ops.reshape(batch.mean, shape)],
          [movingVariance.variable, ops.reshape(variance, shape)],
        ]),
      };
    };

    return {
      outputShape: inputShape,
      weights: [gamma, beta, movingMean, movingVariance].filter((weight) => weight !== undefined),
      apply: (x, { training }) => (training === true ? withBatch(x) : { output: withRunning(x) }),
    };
  },
});
