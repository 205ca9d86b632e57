/** @file LayerNormalization: each row with its own mean and variance. */
import { axes, resolveAxes } from "./axes.js";
import { defineLayer } from "./define.js";
import {
  epsilon,
  gammaAndBeta,
  gammaAndBetaParameters,
  moments,
  standardize,
} from "./normalization.js";

/**
 * `y = (x - mean) / sqrt(variance + epsilon) * gamma + beta`, with mean and biased variance over some axes
 * of each row, and a gamma and beta for each element along them. The same in training and inference.
 *
 * Keras' defaults: the last axis, epsilon 0.001. PyTorch's epsilon is 1e-5, and its `normalized_shape`
 * names the last axes by their sizes.
 *
 * @param options.axis - one axis or several, default the last; axis 0 is that of the rows
 * @param options.epsilon - added to the variance, default 0.001
 * @example layerNormalization()
 * @see Ba, Kiros and Hinton, Layer normalization, 2016
 */
export const layerNormalization = defineLayer({
  kind: "layerNormalization",
  title: "LayerNormalization",
  params: { axis: axes({ default: -1 }), epsilon: epsilon(1e-3), ...gammaAndBetaParameters },
  keepsRowShape: true,
  build: (values, place) => {
    const { name, inputShape } = place;
    const normalized = resolveAxes(name, values.axis, inputShape.length);
    const shape = normalized.map((each) => inputShape[each - 1]);
    const { gamma, beta } = gammaAndBeta(place, values, shape);
    const options = { epsilon: values.epsilon, axes: normalized, gamma, beta };
    return {
      outputShape: inputShape,
      weights: [gamma, beta].filter((weight) => weight !== undefined),
      apply: (x) => ({ output: standardize(moments(x, normalized), options) }),
    };
  },
});
