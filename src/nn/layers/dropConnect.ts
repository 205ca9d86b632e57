/** @file DropConnect: a dense layer whose weights are set to 0 at random in training. */
import { ops, type Tensor } from "../../graph/index.js";
import { choice, integer } from "../../util/index.js";
import { defineLayer } from "./define.js";
import { applyMask, checkMaskRate, drawKept, rateParameter, type NoiseSource } from "./random.js";
import { activate, kernelAndBias, kernelParameters } from "./weight.js";

type Product = (x: Tensor, kernel: Tensor, rate: number, source: NoiseSource) => Tensor;

const products = {
  batch: (x, kernel, rate, source) =>
    ops.matMul(x, applyMask(kernel, drawKept(kernel.shape, rate, source), rate)),
  row: (x, kernel, rate, source) => {
    const [rows, inputs] = x.shape;
    const terms = ops.multiply(ops.reshape(x, [rows, inputs, 1]), kernel);
    return ops.sum(applyMask(terms, drawKept(terms.shape, rate, source), rate), [1]);
  },
} as const satisfies Readonly<Record<string, Product>>;

/**
 * A dense layer, `y = activation(x (M * W) / (1 - rate) + b)` in training, where M is 0 with probability
 * `rate` and else 1, new for each weight at each step; `y = activation(x W + b)` in inference. The bias
 * is not dropped. At rate 0 it is `dense`, bit for bit.
 *
 * The paper draws a mask for each row of a batch, `mask: "row"`, and drops biases too. That costs as many
 * random numbers and multiplications as the product itself has terms, so by default the rows of a batch
 * share one mask, which leaves the mean as it is and makes gradients noisier. In inference the paper
 * averages the activation over normal numbers with the mean and variance of x (M * W); this layer uses
 * the mean alone, as dropout does, which is exact for linear activations. Predictions with noise on,
 * averaged, do what the paper does. Keras and PyTorch have no such layer.
 *
 * @param options.units - number of outputs
 * @param options.rate - probability of dropping a weight, in [0, 1), default 0.5
 * @param options.mask - "batch" (default), one mask a step, or "row", one for each row
 * @param options - the others are those of `dense`
 * @example dropConnect({ units: 128, rate: 0.5, activation: "relu" })
 * @see Wan et al., Regularization of neural networks using DropConnect, 2013
 */
export const dropConnect = defineLayer({
  kind: "dropConnect",
  title: "DropConnect",
  params: {
    /** Number of outputs. */
    units: integer({ min: 1, default: 1 }),
    /** Probability of dropping a weight. */
    rate: rateParameter,
    /** Which rows share a mask. */
    mask: choice({ choices: ["batch", "row"], default: "batch" }),
    ...kernelParameters,
  },
  required: ["units"],
  inputRank: 1,
  check: ({ rate }) => checkMaskRate("DropConnect", rate),
  build: (values, place) => {
    const { units, rate, mask } = values;
    const { name } = place;
    const { kernel, bias } = kernelAndBias(place, values, {
      kernelShape: [place.inputShape[0], units],
      biasShape: [units],
    });
    return {
      outputShape: [units],
      weights: bias ? [kernel, bias] : [kernel],
      apply: (x, { noise }) => {
        const product =
          noise === undefined || rate === 0
            ? ops.matMul(x, kernel.variable)
            : products[mask](x, kernel.variable, rate, { noise, name });
        return activate(product, bias, values);
      },
    };
  },
});
