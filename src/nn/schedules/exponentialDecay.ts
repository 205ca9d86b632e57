/** @file Exponential decay of the learning rate. */
import { ops } from "../../graph/index.js";
import { real } from "../../util/index.js";
import { periodsIn } from "../counting.js";
import { flag } from "../parameters.js";
import { defineSchedule } from "./define.js";
import { initialLearningRate, updates } from "./parts.js";

/**
 * `rate(step) = initialLearningRate decayRate^(step / decaySteps)`, with `staircase` of the whole number
 * of periods, `floor(step / decaySteps)`. Keras' `ExponentialDecay`; PyTorch's `ExponentialLR` counts
 * epochs.
 *
 * @param options.decaySteps - updates after which the rate has been multiplied by decayRate
 * @example adam({ learningRate: exponentialDecay({ initialLearningRate: 1e-3, decaySteps: 1000, decayRate: 0.9 }) })
 */
export const exponentialDecay = defineSchedule({
  kind: "exponentialDecay",
  title: "ExponentialDecay",
  params: {
    initialLearningRate,
    decaySteps: updates,
    decayRate: real({ min: 0, minOpen: true, max: 1, default: 0.96 }),
    staircase: flag({ default: false }),
  },
  required: ["initialLearningRate", "decaySteps", "decayRate"],
  rate: (step, { initialLearningRate: initial, decaySteps, decayRate, staircase }) => {
    const periods = staircase ? periodsIn(step, decaySteps) : ops.divide(step, decaySteps);
    return ops.multiply(ops.exp(ops.multiply(periods, Math.log(decayRate))), initial);
  },
});
