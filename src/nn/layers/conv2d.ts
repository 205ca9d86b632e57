/** @file Conv2d: activation(x * K + b), with a kernel that slides over images. */
import { ops } from "../../graph/index.js";
import { integer, UsageError } from "../../util/index.js";
import { pairOf, size } from "../parameters.js";
import { defineLayer } from "./define.js";
import {
  activate,
  kernelAndBias,
  kernelParameters,
  kernelReparametrization,
  usedKernel,
} from "./weight.js";
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
    ...kernelParameters,
    kernelReparametrization,
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
  build: (values, place) => {
    const { filters, padding } = values;
    const [height, width, channels] = place.inputShape;
    const window = pairOf(values.kernelSize);
    const { kernel, bias } = kernelAndBias(place, values, {
      kernelShape: [...window, channels, filters],
      biasShape: [filters],
    });
    const options = { strides: pairOf(values.strides), dilation: pairOf(values.dilationRate) };
    const counts = resultSize(place.name, [height, width], {
      ...options,
      padding,
      size: window,
    });
    const used = usedKernel(place, kernel, values.kernelReparametrization);
    return {
      outputShape: [...counts, filters],
      weights: [kernel, ...(bias ? [bias] : []), ...used.weights],
      apply: (x, context) => {
        const { kernel: factor, ...state } = used.apply(context);
        const product = ops.conv2d(x, factor, { ...options, padding });
        return { ...activate(product, bias, values), ...state };
      },
    };
  },
});
