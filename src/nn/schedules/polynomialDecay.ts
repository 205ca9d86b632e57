/** @file Polynomial decay of the learning rate to an end, where it stays. */
import { ops } from "../../graph/index.js";
import { real } from "../../util/index.js";
import { defineSchedule } from "./define.js";
import { between, initialLearningRate, remaining, updates } from "./parts.js";

/**
 * `rate(step) = end + (initialLearningRate - end) (1 - step / decaySteps)^power`, and
 * `end = endLearningRate` from decaySteps on. With power 1, a straight line.
 *
 * Keras' `PolynomialDecay` with its defaults, without `cycle`. PyTorch's `PolynomialLR` ends at 0.
 *
 * @param options.endLearningRate - at least 0, default 1e-4
 * @param options.power - above 0, default 1
 * @example sgd({ learningRate: polynomialDecay({ initialLearningRate: 0.1, decaySteps: 5000, endLearningRate: 0 }) })
 */
export const polynomialDecay = defineSchedule({
  kind: "polynomialDecay",
  title: "PolynomialDecay",
  params: {
    initialLearningRate,
    decaySteps: updates,
    endLearningRate: real({ min: 0, default: 1e-4 }),
    power: real({ min: 0, minOpen: true, default: 1 }),
  },
  required: ["initialLearningRate", "decaySteps"],
  rate: (step, { initialLearningRate: initial, decaySteps, endLearningRate, power }) => {
    const left = remaining(step, 0, decaySteps);
    // At the end, exp(power log 0) is 0.
    const share = power === 1 ? left : ops.exp(ops.multiply(ops.log(left), power));
    return between(endLearningRate, initial, share);
  },
});
