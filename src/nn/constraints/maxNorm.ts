/** @file Max norm: scales down vectors that have become too long. */
import { ops } from "../../graph/index.js";
import { real } from "../../util/index.js";
import { axisParameter } from "../norm.js";
import { defineConstraint } from "./define.js";
import { rescale } from "./rescale.js";

/**
 * After each update, `w = w min(maxValue, norm) / (1e-7 + norm)` for each vector along `axis`; of a dense
 * kernel, with axis 0, the weights that come into a unit.
 *
 * Keras' formula, with its default maxValue 2. It shrinks shorter vectors too, by 1e-7 / norm; the
 * paper's and PyTorch's `renorm` leave them alone.
 *
 * @param options.maxValue - the largest norm, above 0, default 2
 * @param options.axis - the axes over which the norm is taken, default 0; of a convolution kernel [0, 1, 2]
 * @example dense({ units: 512, kernelConstraint: maxNorm({ maxValue: 3 }) })
 * @see Srebro and Shraibman, Rank, trace-norm and max-norm, 2005
 */
export const maxNorm = defineConstraint({
  kind: "maxNorm",
  title: "MaxNorm",
  params: {
    maxValue: real({ min: 0, minOpen: true, default: 2, search: [1, 8] }),
    axis: axisParameter({ default: 0 }),
  },
  project: (weight, { maxValue, axis }) =>
    rescale(weight, { who: "MaxNorm", axis }, (norm) => ops.minimum(norm, maxValue)),
});
