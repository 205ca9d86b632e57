/** @file Cosine decay with warm restarts: the rate falls, jumps up, and falls again. */
import { ops, type Tensor } from "../../graph/index.js";
import { integer, real } from "../../util/index.js";
import { periodsIn } from "../counting.js";
import { defineSchedule } from "./define.js";
import { between, halfWave, initialLearningRate, updates } from "./parts.js";

/** Beyond these, counts are not exact in float32. */
const MOST_STEPS = 2 ** 24;

/** Of the period in which a step lies: its number from 0, where it begins, how long it is. */
function periodOf(step: Tensor, first: number, factor: number): readonly [Tensor, Tensor, Tensor] {
  if (factor === 1) {
    const index = periodsIn(step, first);
    return [index, ops.multiply(index, first), ops.constant(first)];
  }
  let [index, start, length] = [0, 0, first].map((value) => ops.constant(value));
  for (let i = 1, begin = first, size = first * factor; begin < MOST_STEPS; i++) {
    const isLater = ops.less(begin - 1, step);
    index = ops.select(isLater, i, index);
    start = ops.select(isLater, begin, start);
    length = ops.select(isLater, size, length);
    begin += size;
    size *= factor;
  }
  return [index, start, length];
}

/**
 * `rate(step) = initialLearningRate (alpha + (1 - alpha) mMul^i (1 + cos(pi x)) / 2)` in period i, from 0,
 * of which the part x is over; period i has `firstDecaySteps tMul^i` updates.
 *
 * Keras' `CosineDecayRestarts` with its defaults, but that tMul must be whole, as in PyTorch's
 * `CosineAnnealingWarmRestarts`: then periods begin at whole updates, and exactly there. The ends of its
 * periods are the moments for snapshot ensembles.
 *
 * @param options.firstDecaySteps - updates of the first period
 * @param options.tMul - how many times longer each period is than the one before, default 2
 * @param options.mMul - the factor of each restart's rate, in (0, 1], default 1
 * @param options.alpha - the last rate of a period as a part of initialLearningRate, in [0, 1], default 0
 * @example sgd({ learningRate: cosineDecayRestarts({ initialLearningRate: 0.1, firstDecaySteps: 1000 }) })
 * @see Loshchilov and Hutter, SGDR: stochastic gradient descent with warm restarts, 2017
 */
export const cosineDecayRestarts = defineSchedule({
  kind: "cosineDecayRestarts",
  title: "CosineDecayRestarts",
  params: {
    initialLearningRate,
    firstDecaySteps: updates,
    tMul: integer({ min: 1, default: 2 }),
    mMul: real({ min: 0, minOpen: true, max: 1, default: 1 }),
    alpha: real({ min: 0, max: 1, default: 0 }),
  },
  required: ["initialLearningRate", "firstDecaySteps"],
  rate: (step, { initialLearningRate: initial, firstDecaySteps, tMul, mMul, alpha }) => {
    const [index, start, length] = periodOf(step, firstDecaySteps, tMul);
    const left = ops.divide(ops.subtract(length, ops.subtract(step, start)), length);
    const wave = halfWave(left);
    const height = ops.exp(ops.multiply(index, Math.log(mMul)));
    return between(initial * alpha, initial, mMul === 1 ? wave : ops.multiply(wave, height));
  },
});
