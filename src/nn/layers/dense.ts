/** @file Dense: activation(x W + b). */
import { ops, variable } from "../../graph/index.js";
import { choice, integer } from "../../util/index.js";
import { activationNames, activations } from "../activations.js";
import { initializerNames, initializers } from "../initializers/list.js";
import { flag } from "../parameters.js";
import { defineLayer, type Weight } from "./define.js";

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
    activation: choice({ choices: activationNames, default: "linear" }),
    /** Whether to add the vector b. */
    useBias: flag({ default: true }),
    kernelInitializer: choice({ choices: initializerNames, default: "glorotUniform" }),
  },
  required: ["units"],
  inputRank: 1,
  build: (values, { name, inputShape }) => {
    const { units, activation, useBias, kernelInitializer } = values;
    const weight = (part: string, shape: readonly number[]): Pick<Weight, "name" | "variable"> => ({
      name: `${name}/${part}`,
      variable: variable({ name: `${name}/${part}`, shape }),
    });
    const kernel: Weight = {
      ...weight("kernel", [inputShape[0], units]),
      initializer: initializers[kernelInitializer],
      decays: true,
    };
    const bias: Weight = {
      ...weight("bias", [units]),
      initializer: initializers.zeros,
      decays: false,
    };
    const { apply, fromLogits } = activations[activation];
    return {
      outputShape: [units],
      weights: useBias ? [kernel, bias] : [kernel],
      apply: (x) => {
        const product = ops.matMul(x, kernel.variable);
        const z = useBias ? ops.add(product, bias.variable) : product;
        return { output: apply(z), ...(fromLogits && { logits: z }) };
      },
    };
  },
});
