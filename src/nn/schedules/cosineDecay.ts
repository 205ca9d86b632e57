/** @file Cosine decay of the learning rate, after a warm-up if one is wanted. */
import { ops } from "../../graph/index.js";
import { integer, real, UsageError } from "../../util/index.js";
import { optional } from "../parameters.js";
import { defineSchedule } from "./define.js";
import { between, halfWave, initialLearningRate, progress, remaining, updates } from "./parts.js";

/**
 * `rate(step) = top (alpha + (1 - alpha) (1 + cos(pi step / decaySteps)) / 2)`, and `top alpha` from
 * decaySteps on. With a warm-up, the rate first grows from initialLearningRate to `top = warmupTarget` in a
 * straight line over warmupSteps updates, and the decay follows; without, `top = initialLearningRate`.
 *
 * Keras' `CosineDecay` with its defaults. PyTorch's `CosineAnnealingLR` names the end, `eta_min`, by its
 * rate, and rises again after it. In float32 it is computed to 1e-6 of its value, near 0 too.
 *
 * @param options.decaySteps - updates of the decay, the warm-up not counted
 * @param options.alpha - the last rate as a part of the top, in [0, 1], default 0
 * @param options.warmupTarget - the top; no warm-up by default
 * @param options.warmupSteps - default 0
 * @example adam({ learningRate: cosineDecay({ initialLearningRate: 0, decaySteps: 9000, warmupTarget: 1e-3, warmupSteps: 1000 }) })
 * @see Loshchilov and Hutter, SGDR: stochastic gradient descent with warm restarts, 2017
 */
export const cosineDecay = defineSchedule({
  kind: "cosineDecay",
  title: "CosineDecay",
  params: {
    initialLearningRate: real({ min: 0, default: 1e-3 }),
    decaySteps: updates,
    alpha: real({ min: 0, max: 1, default: 0 }),
    warmupTarget: optional(initialLearningRate),
    warmupSteps: integer({ min: 0, default: 0 }),
  },
  required: ["initialLearningRate", "decaySteps"],
  check: ({ initialLearningRate: initial, warmupTarget, warmupSteps }) => {
    if ((warmupTarget === undefined) !== (warmupSteps === 0)) {
      throw new UsageError(
        `CosineDecay: warmupTarget and warmupSteps must be given together; got ${warmupTarget ?? "none"} and ${warmupSteps}.`,
      );
    }
    if (warmupTarget === undefined && initial === 0) {
      throw new UsageError(
        "CosineDecay: initialLearningRate must be greater than 0 without a warm-up; got 0.",
      );
    }
  },
  rate: (step, { initialLearningRate: initial, decaySteps, alpha, warmupTarget, warmupSteps }) => {
    const top = warmupTarget ?? initial;
    const wave = halfWave(remaining(step, warmupSteps, warmupSteps + decaySteps));
    const decayed = between(top * alpha, top, wave);
    if (warmupSteps === 0) return decayed;
    const rising = between(initial, top, progress(step, 0, warmupSteps));
    return ops.select(ops.less(step, warmupSteps), rising, decayed);
  },
});
