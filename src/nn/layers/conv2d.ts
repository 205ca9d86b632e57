/** @file Conv2d: activation(x * K + b), with a kernel that slides over images. */
import { ops, variable } from "../../graph/index.js";
import { choice, integer, UsageError } from "../../util/index.js";
import { activationNames, activations } from "../activations.js";
import { initializerNames, initializers } from "../initializers/list.js";
import { flag, pairOf, size } from "../parameters.js";
import { defineLayer, type Weight } from "./define.js";
import { paddingChoice, resultSize } from "./windows.js";

/**
 * A convolution layer: `y[i, j, f] = activation(b[f] + sum over a, c, k of x[i s + a d - p, j s + c d - p,
 * k] K[a, c, k, f])`, x of shape [rows, height, width, channels], K [height, width, channels, filters].
 * Rows of two axes, such as MNIST's, are read as images of one channel.
 *
 * Keras' names and defaults: strides 1, valid padding, linear, Glorot uniform kernel, zero bias. "same"
 * pads to ceil(size / stride) results, and where that takes an odd number of rows or columns, the extra
 * one is at the bottom or right; PyTorch pads symmetrically, by numbers, and has channels first. As in
 * both, the kernel is not flipped.
 *
 * @example conv2d({ filters: 32, kernelSize: 3, activation: "relu" })
 */
export const conv2d = defineLayer({
  kind: "conv2d",
  title: "Conv2d",
  params: {
    /** Channels of the result. */
    filters: integer({ min: 1, default: 1 }),
    /** Height and width of the kernel. */
    kernelSize: size({ default: 3 }),
    /** From one place of the kernel to the next. */
    strides: size({ default: 1 }),
    padding: paddingChoice,
    /** From one element of the kernel to the next, in the image. */
    dilationRate: size({ default: 1 }),
    activation: choice({ choices: activationNames, default: "linear" }),
    /** Whether to add the vector b. */
    useBias: flag({ default: true }),
    kernelInitializer: choice({ choices: initializerNames, default: "glorotUniform" }),
  },
  required: ["filters", "kernelSize"],
  inputRank: 3,
  check: ({ strides, dilationRate }) => {
    if (Math.max(...pairOf(strides)) > 1 && Math.max(...pairOf(dilationRate)) > 1) {
      throw new UsageError(
        "Conv2d: strides or dilationRate must be 1; got both larger. Keras allows one of them.",
      );
    }
  },
  build: (values, { name, inputShape }) => {
    const { filters, padding, activation, useBias, kernelInitializer } = values;
    const [height, width, channels] = inputShape;
    const weight = (part: string, shape: readonly number[]): Pick<Weight, "name" | "variable"> => ({
      name: `${name}/${part}`,
      variable: variable({ name: `${name}/${part}`, shape }),
    });
    const kernel: Weight = {
      ...weight("kernel", [...pairOf(values.kernelSize), channels, filters]),
      initializer: initializers[kernelInitializer],
      decays: true,
    };
    const bias: Weight = {
      ...weight("bias", [filters]),
      initializer: initializers.zeros,
      decays: false,
    };
    const options = { strides: pairOf(values.strides), dilation: pairOf(values.dilationRate) };
    const outputShape = [
      ...resultSize(name, [height, width], {
        ...options,
        padding,
        size: pairOf(values.kernelSize),
      }),
      filters,
    ];
    const { apply, fromLogits } = activations[activation];
    return {
      outputShape,
      weights: useBias ? [kernel, bias] : [kernel],
      apply: (x) => {
        const product = ops.conv2d(x, kernel.variable, { ...options, padding });
        const z = useBias ? ops.add(product, bias.variable) : product;
        return { output: apply(z), ...(fromLogits && { logits: z }) };
      },
    };
  },
});
