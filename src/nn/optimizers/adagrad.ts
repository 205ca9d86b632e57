/** @file Adagrad: each coordinate's steps shrink with the sum of its squared gradients. */
import { ops } from "../../graph/index.js";
import { real } from "../../util/index.js";
import { defineOptimizer } from "./define.js";
import { learningRateParameter } from "./learningRate.js";

/**
 * `sum = sum + g^2`, then `w = w - learningRate g / sqrt(sum + epsilon)`.
 *
 * This is Keras' form with its defaults. PyTorch starts the sum from 0, adds epsilon (1e-10) outside of
 * the root and has the learning rate 0.01.
 *
 * @param options.initialAccumulator - what the sum starts from, at least 0, default 0.1
 * @param options.epsilon - above 0, default 1e-7
 * @example adagrad({ learningRate: 0.01 })
 * @see Duchi, Hazan and Singer, Adaptive subgradient methods for online learning, JMLR 12, 2011
 */
export const adagrad = defineOptimizer({
  kind: "adagrad",
  title: "Adagrad",
  params: {
    learningRate: learningRateParameter({ default: 1e-3, search: [1e-4, 1] }),
    initialAccumulator: real({ min: 0, default: 0.1 }),
    epsilon: real({ min: 0, minOpen: true, default: 1e-7 }),
  },
  update: (weight, gradient, { values, learningRate, slot }) => {
    const { initialAccumulator: initial, epsilon } = values;
    const sumOfSquares = ops.add(slot("sumOfSquares", { initial }), ops.square(gradient));
    const divisor = ops.sqrt(ops.add(sumOfSquares, epsilon));
    return {
      weight: ops.subtract(weight, ops.divide(ops.multiply(learningRate, gradient), divisor)),
      slots: { sumOfSquares },
      stepSize: ops.divide(learningRate, divisor),
    };
  },
});
