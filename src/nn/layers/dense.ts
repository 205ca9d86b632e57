/** @file Dense: activation(x W + b). */
import { ops } from "../../graph/index.js";
import { integer } from "../../util/index.js";
import { defineLayer } from "./define.js";
import { activate, kernelAndBias, kernelParameters } from "./weight.js";

/**
 * A fully connected layer: `y = activation(x W + b)`, x of shape [rows, inputs], W [inputs, units].
 *
 * Keras' defaults: linear, Glorot uniform kernel, zero bias. Keras multiplies the last axis of inputs
 * with more axes; here a row must be a vector, so put `flatten()` before it. PyTorch's `Linear` keeps
 * the transposed W and draws both from U(-1 / sqrt(inputs), 1 / sqrt(inputs)).
 *
 * @example dense({ units: 10, activation: "softmax" })
 */
export const dense = defineLayer({
  kind: "dense",
  title: "Dense",
  params: {
    /** Number of outputs. */
    units: integer({ min: 1, default: 1 }),
    ...kernelParameters,
  },
  required: ["units"],
  inputRank: 1,
  build: (values, place) => {
    const { units } = values;
    const { kernel, bias } = kernelAndBias(place, values, {
      kernelShape: [place.inputShape[0], units],
      biasShape: [units],
    });
    return {
      outputShape: [units],
      weights: bias ? [kernel, bias] : [kernel],
      apply: (x) => activate(ops.matMul(x, kernel.variable), bias, values),
    };
  },
});
