/** @file MaxPooling2d: the largest element of each window, channel by channel. */
import { ops } from "../../graph/index.js";
import { defineLayer } from "./define.js";
import { buildPooling, poolingParameters } from "./windows.js";

/**
 * Max pooling: `y[i, j, c] = max over a, b of x[i s + a - p, j s + b - p, c]`. Padding is never the
 * largest. Of equal elements, the first in row-major order gets the gradient, as in PyTorch.
 *
 * Keras' names and defaults: windows of 2 x 2, strides equal to the window, valid padding.
 *
 * @example maxPooling2d({ poolSize: 2 })
 */
export const maxPooling2d = defineLayer({
  kind: "maxPooling2d",
  title: "MaxPooling2d",
  params: poolingParameters,
  inputRank: 3,
  build: buildPooling(ops.maxPool2d),
});
