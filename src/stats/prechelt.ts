/** @file What Prechelt's stopping criteria compute from a training's error curves: GL, progress and their quotient. */
import { checkParameter, integer, UsageError } from "../util/index.js";
import { checkFinite } from "./moments.js";

/** Epochs of a strip. */
export const STRIP = integer({ min: 1, default: 5 });

/** Refuses errors that are not above 0. */
export function checkErrors(who: string, errors: readonly number[]): void {
  checkFinite(who, errors);
  const position = errors.findIndex((error) => error <= 0);
  if (position < 0) return;
  throw new UsageError(
    `${who}: errors must be greater than 0; got ${errors[position]} at position ${position}. ` +
      "Use a loss, not an accuracy.",
  );
}

/**
 * Generalization loss after each epoch, in percent: `100 (E_va(t) / min over t' <= t of E_va - 1)`.
 *
 * GL_alpha stops at the first epoch where it exceeds alpha. It is 0 wherever the curve is at its lowest,
 * and never negative.
 *
 * @param validation - one error an epoch, above 0
 * @throws UsageError if an error is not finite, or not above 0.
 * @see Prechelt, Early stopping - but when?, Neural Networks: Tricks of the Trade, 1998
 */
export function generalizationLoss(validation: readonly number[]): number[] {
  checkErrors("generalizationLoss", validation);
  let lowest = Infinity;
  return validation.map((error) => {
    lowest = Math.min(lowest, error);
    return 100 * (error / lowest - 1);
  });
}

/**
 * Training progress over the last `strip` epochs, in per mille: `1000 (mean / min - 1)` of the training
 * error; how much larger it was on average than at its lowest in the strip.
 *
 * @param train - one error an epoch, above 0
 * @param options - `strip`, at least 1; with 1 it is 0 everywhere
 * @returns NaN before the first whole strip.
 * @throws UsageError if an error is not finite, or not above 0, or the strip is out of range.
 */
export function trainingProgress(
  train: readonly number[],
  options: { strip?: number } = {},
): number[] {
  checkErrors("trainingProgress", train);
  const strip = checkParameter("trainingProgress", "strip", STRIP, options.strip ?? STRIP.default);
  return train.map((_, index) => {
    if (index + 1 < strip) return NaN;
    const last = train.slice(index + 1 - strip, index + 1);
    const sum = last.reduce((total, error) => total + error, 0);
    return 1000 * (sum / (strip * Math.min(...last)) - 1);
  });
}

/**
 * Quotient of generalization loss and progress, `PQ = GL / P`: overfitting matters less while training
 * still moves fast. PQ_alpha stops at the end of the first strip where it exceeds alpha.
 *
 * @returns NaN before the first whole strip; without progress, Infinity if there is a loss and 0 if not.
 * @throws UsageError if the curves differ in length, or as `generalizationLoss` and `trainingProgress`.
 */
export function progressQuotient(
  curves: { train: readonly number[]; validation: readonly number[] },
  options: { strip?: number } = {},
): number[] {
  const { train, validation } = curves;
  if (train.length !== validation.length) {
    throw new UsageError(
      "progressQuotient: both curves must have one error for each epoch; got " +
        `${train.length} and ${validation.length}.`,
    );
  }
  const losses = generalizationLoss(validation);
  return trainingProgress(train, options).map((progress, index) => {
    if (progress === 0) return losses[index] > 0 ? Infinity : 0;
    return losses[index] / progress;
  });
}
