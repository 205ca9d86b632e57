/** @file Unit norm: scales vectors to the length 1. */
import { axisParameter } from "../norm.js";
import { defineConstraint } from "./define.js";
import { rescale } from "./rescale.js";

/**
 * After each update, `w = w / (1e-7 + norm)` for each vector along `axis`; of a dense kernel, with axis 0,
 * the weights that come into a unit. A vector of zeros stays so.
 *
 * Keras' formula. PyTorch has `weight_norm`, which trains a vector's length and direction apart.
 *
 * @param options.axis - the axes over which the norm is taken, default 0; of a convolution kernel [0, 1, 2]
 * @example dense({ units: 64, kernelConstraint: unitNorm() })
 */
export const unitNorm = defineConstraint({
  kind: "unitNorm",
  title: "UnitNorm",
  params: { axis: axisParameter({ default: 0 }) },
  project: (weight, { axis }) => rescale(weight, { who: "UnitNorm", axis }, () => 1),
});
