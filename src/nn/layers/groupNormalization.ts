/** @file GroupNormalization: each group of a row's channels with its own mean and variance. */
import { ops } from "../../graph/index.js";
import { integer, UsageError } from "../../util/index.js";
import { axis, resolveAxes } from "./axes.js";
import { defineLayer } from "./define.js";
import {
  alignTo,
  epsilon,
  gammaAndBeta,
  gammaAndBetaParameters,
  moments,
  standardize,
} from "./normalization.js";

/**
 * `y = (x - mean) / sqrt(variance + epsilon) * gamma + beta`, with mean and biased variance of each row's
 * groups of neighbouring channels, over all places of an image; gamma and beta for each channel. The
 * same in training and inference, and with batches of any size. As many groups as channels make instance
 * normalization; one group, layer normalization over the whole row.
 *
 * Keras' defaults: 32 groups, epsilon 0.001. PyTorch's epsilon is 1e-5; it has channels first.
 *
 * @param options.groups - default 32; the number of channels must be a multiple of it
 * @param options.axis - the channels' axis, default the last; axis 0 is that of the rows
 * @param options.epsilon - added to the variance, default 0.001
 * @example groupNormalization({ groups: 8 })
 * @see Wu and He, Group normalization, 2018
 */
export const groupNormalization = defineLayer({
  kind: "groupNormalization",
  title: "GroupNormalization",
  params: {
    groups: integer({ min: 1, default: 32 }),
    axis: axis({ default: -1 }),
    epsilon: epsilon(1e-3),
    ...gammaAndBetaParameters,
  },
  keepsRowShape: true,
  build: (values, place) => {
    const { groups } = values;
    const { name, inputShape } = place;
    const axes = resolveAxes(name, values.axis, inputShape.length);
    const [channelAxis] = axes;
    const channels = inputShape[channelAxis - 1];
    if (channels % groups !== 0) {
      throw new UsageError(
        `${name}: groups must divide the ${channels} channels of its input; got ${groups}.`,
      );
    }
    const { gamma, beta } = gammaAndBeta(place, values, [channels]);
    return {
      outputShape: inputShape,
      weights: [gamma, beta].filter((weight) => weight !== undefined),
      apply: (x) => {
        const { shape } = x;
        const grouped = ops.reshape(x, [
          ...shape.slice(0, channelAxis),
          groups,
          channels / groups,
          ...shape.slice(channelAxis + 1),
        ]);
        const others = grouped.shape.flatMap((_, each) =>
          each === 0 || each === channelAxis ? [] : [each],
        );
        const plain = { epsilon: values.epsilon, axes: [], gamma: undefined, beta: undefined };
        const normalized = ops.reshape(standardize(moments(grouped, others), plain), shape);
        const scaled = gamma
          ? ops.multiply(normalized, alignTo(x, axes, gamma.variable))
          : normalized;
        return { output: beta ? ops.add(scaled, alignTo(x, axes, beta.variable)) : scaled };
      },
    };
  },
});
