/** @file RmsNormalization: each row divided by the root of its mean square. */
import { ops } from "../../graph/index.js";
import { initializers } from "../initializers/list.js";
import { axes, resolveAxes } from "./axes.js";
import { defineLayer } from "./define.js";
import { epsilon, standardize } from "./normalization.js";
import { createWeight } from "./weight.js";

/**
 * `y = x / sqrt(mean(x^2) + epsilon) * gamma`, with the mean over some axes of each row, and a gamma for each
 * element along them: layer normalization without centering. The same in training and inference.
 *
 * Keras' defaults: the last axis, epsilon 1e-6; its name for gamma is `scale`. PyTorch's epsilon is that
 * of the number type, 1.2e-7, unless one is given.
 *
 * @param options.axis - one axis or several, default the last; axis 0 is that of the rows
 * @param options.epsilon - added to the mean square, default 1e-6
 * @example rmsNormalization()
 * @see Zhang and Sennrich, Root mean square layer normalization, 2019
 */
export const rmsNormalization = defineLayer({
  kind: "rmsNormalization",
  title: "RmsNormalization",
  params: { axis: axes({ default: -1 }), epsilon: epsilon(1e-6) },
  keepsRowShape: true,
  build: (values, place) => {
    const { name, inputShape } = place;
    const normalized = resolveAxes(name, values.axis, inputShape.length);
    const gamma = createWeight(place, {
      part: "gamma",
      shape: normalized.map((each) => inputShape[each - 1]),
      initializer: initializers.ones,
    });
    const options = { epsilon: values.epsilon, axes: normalized, gamma, beta: undefined };
    return {
      outputShape: inputShape,
      weights: [gamma],
      apply: (x) => {
        const kept = x.shape.map((size, each) => (normalized.includes(each) ? 1 : size));
        const meanSquare = ops.reshape(ops.mean(ops.square(x), normalized), kept);
        return { output: standardize({ centered: x, variance: meanSquare }, options) };
      },
    };
  },
});
