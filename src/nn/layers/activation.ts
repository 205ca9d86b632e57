/** @file Activation: a function of each element, or of each vector along the last axis, as a layer. */
import { choice } from "../../util/index.js";
import { activationNames } from "../activations.js";
import { regularizerParameter } from "../regularizers/list.js";
import { defineLayer } from "./define.js";
import { activate } from "./weight.js";

/**
 * An activation function as a layer of its own, for instance after normalization or a sum. By name, with
 * Keras' formulas and defaults: "elu" (alpha 1), "gelu" (exact), "hardSigmoid", "leakyRelu" (slope 0.2;
 * Keras' layer of that name has 0.3, PyTorch 0.01), "linear", "relu", "relu6", "selu", "sigmoid", "silu",
 * "softmax" (along the last axis), "softplus", "tanh".
 *
 * Losses of probabilities find the logits of "sigmoid" and "softmax" in its input.
 *
 * @param options.activation - its name
 * @param options.activityRegularizer - a penalty on its output; none by default
 * @example activation({ activation: "relu" })
 */
export const activation = defineLayer({
  kind: "activation",
  title: "Activation",
  params: {
    activation: choice({ choices: activationNames, default: "linear" }),
    activityRegularizer: regularizerParameter,
  },
  required: ["activation"],
  build: (values, { inputShape }) => ({
    outputShape: inputShape,
    weights: [],
    apply: (x) => activate(x, undefined, values),
  }),
});
