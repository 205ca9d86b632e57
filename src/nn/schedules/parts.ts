/** @file What schedules share. */
import { ops, type Tensor } from "../../graph/index.js";
import { integer, real } from "../../util/index.js";

/** The rate that a schedule starts from, or its largest one. */
export const initialLearningRate = real({ min: 0, minOpen: true, default: 1e-3 });

/** A number of updates. */
export const updates = integer({ min: 1, default: 1000 });

/** Each term of sin's series, divided by the one before, is -z^2 over these; after z^17 the rest is below 1e-13. */
const DIVISORS = [8, 7, 6, 5, 4, 3, 2, 1].map((k) => 2 * k * (2 * k + 1));

/** sin(pi x / 2) for x in [0, 1], with a relative error of about 4e-7 in float32. */
function quarterSine(x: Tensor): Tensor {
  const angle = ops.multiply(x, Math.PI / 2);
  const square = ops.square(angle);
  const series = DIVISORS.reduce<Tensor>(
    (sum, divisor) => ops.subtract(1, ops.divide(ops.multiply(square, sum), divisor)),
    ops.constant(1),
  );
  return ops.multiply(angle, series);
}

/**
 * `(1 - cos(pi x)) / 2` for x in [0, 1]: from 0 to 1 along half a wave. As a square of a sine it keeps
 * its digits near 0, where the difference would lose them all.
 */
export const halfWave = (x: Tensor): Tensor => ops.square(quarterSine(x));

/** How far step is on the way from `start` to `end`, in [0, 1]; exact where differences are. */
export const progress = (step: Tensor, start: number, end: number): Tensor =>
  ops.divide(ops.maximum(ops.minimum(ops.subtract(step, start), end - start), 0), end - start);

/** How much of the way from `start` to `end` is left, in [0, 1]; exact where differences are. */
export const remaining = (step: Tensor, start: number, end: number): Tensor =>
  ops.divide(ops.maximum(ops.minimum(ops.subtract(end, step), end - start), 0), end - start);

/** `from + (to - from) share` */
export const between = (from: number, to: number, share: Tensor): Tensor =>
  ops.add(ops.multiply(share, to - from), from);
