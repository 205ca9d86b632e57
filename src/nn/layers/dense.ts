/** @file Dense: activation(x W + b). */
import { ops } from "../../graph/index.js";
import { integer } from "../../util/index.js";
import { defineLayer } from "./define.js";
import {
  activate,
  kernelAndBias,
  kernelParameters,
  kernelReparametrization,
  usedKernel,
} from "./weight.js";

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
    kernelReparametrization,
  },
  required: ["units"],
  inputRank: 1,
  build: (values, place) => {
    const { units } = values;
    const { kernel, bias } = kernelAndBias(place, values, {
      kernelShape: [place.inputShape[0], units],
      biasShape: [units],
    });
    const used = usedKernel(place, kernel, values.kernelReparametrization);
    return {
      outputShape: [units],
      weights: [kernel, ...(bias ? [bias] : []), ...used.weights],
      apply: (x, context) => {
        const { kernel: factor, ...state } = used.apply(context);
        return { ...activate(ops.matMul(x, factor), bias, values), ...state };
      },
    };
  },
});
