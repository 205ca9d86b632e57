/** @file Inverse time decay of the learning rate. */
import { ops } from "../../graph/index.js";
import { real } from "../../util/index.js";
import { periodsIn } from "../counting.js";
import { flag } from "../parameters.js";
import { defineSchedule } from "./define.js";
import { initialLearningRate, updates } from "./parts.js";

/**
 * `rate(step) = initialLearningRate / (1 + decayRate step / decaySteps)`, with `staircase` of the whole
 * number of periods. Keras' `InverseTimeDecay`; PyTorch has none.
 *
 * @example sgd({ learningRate: inverseTimeDecay({ initialLearningRate: 0.1, decaySteps: 1000, decayRate: 1 }) })
 * @see Robbins and Monro, A stochastic approximation method, 1951, for why 1 / step
 */
export const inverseTimeDecay = defineSchedule({
  kind: "inverseTimeDecay",
  title: "InverseTimeDecay",
  params: {
    initialLearningRate,
    decaySteps: updates,
    decayRate: real({ min: 0, default: 1 }),
    staircase: flag({ default: false }),
  },
  required: ["initialLearningRate", "decaySteps", "decayRate"],
  rate: (step, { initialLearningRate: initial, decaySteps, decayRate, staircase }) => {
    const periods = staircase ? periodsIn(step, decaySteps) : ops.divide(step, decaySteps);
    return ops.divide(initial, ops.add(ops.multiply(periods, decayRate), 1));
  },
});
