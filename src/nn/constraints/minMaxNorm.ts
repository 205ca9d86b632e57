/** @file Min-max norm: scales vectors towards an interval of lengths. */
import { ops } from "../../graph/index.js";
import { real, UsageError } from "../../util/index.js";
import { axisParameter } from "../norm.js";
import { defineConstraint } from "./define.js";
import { rescale } from "./rescale.js";

/**
 * After each update, `w = w desired / (1e-7 + norm)` for each vector along `axis`, where
 * `desired = rate clip(norm, minValue, maxValue) + (1 - rate) norm`. A vector of zeros stays so.
 *
 * Keras' formula, names and defaults. Here `rate` is no probability: 1 enforces the interval at each
 * update, less moves towards it, and 0 switches the constraint off.
 *
 * @param options.minValue - the smallest norm, at least 0, default 0
 * @param options.maxValue - the largest norm, at least minValue, default 1
 * @param options.rate - in [0, 1], default 1
 * @param options.axis - the axes over which the norm is taken, default 0; of a convolution kernel [0, 1, 2]
 * @example dense({ units: 64, kernelConstraint: minMaxNorm({ minValue: 0.5, maxValue: 2 }) })
 */
export const minMaxNorm = defineConstraint({
  kind: "minMaxNorm",
  title: "MinMaxNorm",
  params: {
    minValue: real({ min: 0, default: 0 }),
    maxValue: real({ min: 0, minOpen: true, default: 1, search: [1, 8] }),
    rate: real({ min: 0, max: 1, default: 1, off: 0 }),
    axis: axisParameter({ default: 0 }),
  },
  check: ({ minValue, maxValue }) => {
    if (minValue <= maxValue) return;
    throw new UsageError(
      `MinMaxNorm: minValue must be at most maxValue (${maxValue}); got ${minValue}.`,
    );
  },
  project: (weight, { minValue, maxValue, rate, axis }) =>
    rescale(weight, { who: "MinMaxNorm", axis }, (norm) => {
      const inside = ops.minimum(ops.maximum(norm, minValue), maxValue);
      return ops.add(ops.multiply(inside, rate), ops.multiply(norm, 1 - rate));
    }),
});
