/** @file Step decay: the learning rate falls by a factor after every so many updates. */
import { real } from "../../util/index.js";
import { defineSchedule } from "./define.js";
import { exponentialDecay } from "./exponentialDecay.js";
import { initialLearningRate, updates } from "./parts.js";

/**
 * `rate(step) = initialLearningRate decayRate^floor(step / decaySteps)`.
 *
 * PyTorch's `StepLR` with its default gamma 0.1, in updates where that counts epochs. In Keras it is
 * `ExponentialDecay` with `staircase`.
 *
 * @param options.decaySteps - updates from one fall to the next
 * @param options.decayRate - the factor, in (0, 1], default 0.1
 * @example sgd({ learningRate: stepDecay({ initialLearningRate: 0.1, decaySteps: 10_000 }) })
 */
export const stepDecay = defineSchedule({
  kind: "stepDecay",
  title: "StepDecay",
  params: {
    initialLearningRate,
    decaySteps: updates,
    decayRate: real({ min: 0, minOpen: true, max: 1, default: 0.1 }),
  },
  required: ["initialLearningRate", "decaySteps"],
  rate: (step, values) => exponentialDecay.definition.rate(step, { ...values, staircase: true }),
});
