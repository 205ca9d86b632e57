/** @file One cycle: the learning rate rises to its largest value, then falls far below its first. */
import { ops } from "../../graph/index.js";
import { integer, real, UsageError } from "../../util/index.js";
import { defineSchedule } from "./define.js";
import { between, halfWave, initialLearningRate, progress, remaining } from "./parts.js";

/**
 * Along half a cosine wave each: from `first = maxLearningRate / divFactor` up to maxLearningRate at update
 * `warmupFraction totalSteps - 1`, then down to `first / finalDivFactor` at update totalSteps - 1, where it
 * stays; updates count from 0.
 *
 * PyTorch's `OneCycleLR` with its defaults (`pct_start` is warmupFraction, two phases). It also moves the
 * momentum against the rate, which is not done here, and refuses updates after the last. Keras has none.
 *
 * @param options.totalSteps - updates of the whole training, at least 2
 * @param options.warmupFraction - in (0, 1), default 0.3; the rise must take at least one update
 * @example sgd({ learningRate: oneCycle({ maxLearningRate: 0.1, totalSteps: 8440 }) })
 * @see Smith and Topin, Super-convergence: very fast training of neural networks using large learning rates, 2018
 */
export const oneCycle = defineSchedule({
  kind: "oneCycle",
  title: "OneCycle",
  params: {
    maxLearningRate: initialLearningRate,
    totalSteps: integer({ min: 2, default: 1000 }),
    warmupFraction: real({ min: 0, max: 1, minOpen: true, maxOpen: true, default: 0.3 }),
    divFactor: real({ min: 1, default: 25 }),
    finalDivFactor: real({ min: 1, default: 1e4 }),
  },
  required: ["maxLearningRate", "totalSteps"],
  check: ({ totalSteps, warmupFraction }) => {
    if (warmupFraction * totalSteps > 1) return;
    throw new UsageError(
      `OneCycle: warmupFraction times totalSteps must be greater than 1; got ${warmupFraction} times ${totalSteps}.`,
    );
  },
  rate: (step, { maxLearningRate: top, totalSteps, warmupFraction, divFactor, finalDivFactor }) => {
    const first = top / divFactor;
    const turn = warmupFraction * totalSteps - 1;
    const rising = between(first, top, halfWave(progress(step, 0, turn)));
    const last = first / finalDivFactor;
    const falling = between(last, top, halfWave(remaining(step, turn, totalSteps - 1)));
    return ops.select(ops.less(step, turn), rising, falling);
  },
});
