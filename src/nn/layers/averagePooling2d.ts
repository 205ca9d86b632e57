/** @file AveragePooling2d: the mean of each window, channel by channel. */
import { ops } from "../../graph/index.js";
import { defineLayer } from "./define.js";
import { buildPooling, poolingParameters } from "./windows.js";

/**
 * Average pooling: `y[i, j, c] = mean over a, b of x[i s + a - p, j s + b - p, c]`. Padding is left out
 * of the mean, as in Keras; PyTorch counts it as zeros unless told not to.
 *
 * Keras' names and defaults: windows of 2 x 2, strides equal to the window, valid padding.
 *
 * @example averagePooling2d({ poolSize: 2 })
 */
export const averagePooling2d = defineLayer({
  kind: "averagePooling2d",
  title: "AveragePooling2d",
  params: poolingParameters,
  inputRank: 3,
  build: buildPooling(ops.averagePool2d),
});
