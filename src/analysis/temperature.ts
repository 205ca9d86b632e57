/** @file Temperature scaling: one number, fitted on validation rows, that mends overconfidence. */
import { checkParameter, real } from "../util/index.js";
import { checkLogits, logSoftmax, type ClassLogits, type Numbers } from "./rows.js";

export interface Temperature {
  /** Above 1 softens, below 1 sharpens. 0 or Infinity where no finite one is best. */
  readonly temperature: number;
  /** Negative log-likelihood of the validation rows at that temperature, in nats. */
  readonly negativeLogLikelihood: number;
}

const FINITE = real({ default: 0 });

/** Loss and its slope in the sharpness b = 1 / T; in b the loss is convex. */
function lossAt({ logits, labels, classes }: ClassLogits, sharpness: number) {
  const scaled = Float64Array.from(logits, (z) => z * sharpness);
  const logs = logSoftmax(scaled, classes);
  let loss = 0;
  let slope = 0;
  for (let row = 0; row < labels.length; row++) {
    const start = row * classes;
    loss -= logs[start + labels[row]];
    slope -= logits[start + labels[row]];
    for (let c = 0; c < classes; c++) {
      const p = Math.exp(logs[start + c]);
      // A class of probability 0 has a logit of minus infinity, perhaps: 0, not NaN.
      if (p > 0) slope += p * logits[start + c];
    }
  }
  return { loss: loss / labels.length, slope: slope / labels.length };
}

/**
 * The mean loss in the limit of T = 0, if no row has a larger logit than its label's: the logarithm of
 * how many share the largest. Undefined if some row is wrong, which T = 0 punishes without bound.
 */
function sharpestLoss({ logits, labels, classes }: ClassLogits): number | undefined {
  let loss = 0;
  for (let row = 0; row < labels.length; row++) {
    const own = logits[row * classes + labels[row]];
    let equal = 0;
    for (let c = 0; c < classes; c++) {
      if (logits[row * classes + c] > own) return undefined;
      if (logits[row * classes + c] === own) equal++;
    }
    loss += Math.log(equal) / labels.length;
  }
  return loss;
}

/** The root of a rising function of which the signs at both ends differ. */
function bisect(f: (x: number) => number, [low, high]: readonly [number, number]): number {
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
}

/**
 * Fits the temperature T that minimizes the negative log-likelihood of `softmax(logits / T)`.
 *
 * Fit it on validation rows, never on test rows: there it would be part of what is judged. It changes
 * confidence and calibration, and neither accuracy nor ranking. The loss is convex in 1 / T, so the
 * minimum is the only one, found to full precision by bisection.
 *
 * Where all labels have the largest logit, the sharper the better: temperature 0, and a loss of 0 without ties. Where labels have
 * on average no more than their row's mean logit, the flatter the better: Infinity, loss log(classes).
 *
 * @param rows - of the validation set: logits [rows, classes], finite, labels [rows]
 * @throws UsageError if shapes do not fit, or a logit is not finite.
 * @see Guo, Pleiss, Sun and Weinberger, On calibration of modern neural networks, ICML 2017
 */
export function fitTemperature(rows: ClassLogits): Temperature {
  checkLogits("fitTemperature", rows);
  const { logits } = rows;
  for (let index = 0; index < logits.length; index++) {
    checkParameter("fitTemperature", "a logit", FINITE, logits[index]);
  }
  if (lossAt(rows, 0).slope >= 0) {
    return { temperature: Infinity, negativeLogLikelihood: Math.log(rows.classes) };
  }
  const limit = sharpestLoss(rows);
  if (limit !== undefined) return { temperature: 0, negativeLogLikelihood: limit };
  // A wrong row makes the slope positive in the end, so there is a minimum to find.
  let sharpest = 1;
  while (lossAt(rows, sharpest).slope < 0) sharpest *= 2;
  const sharpness = bisect((b) => lossAt(rows, b).slope, [0, sharpest]);
  return { temperature: 1 / sharpness, negativeLogLikelihood: lossAt(rows, sharpness).loss };
}

const TEMPERATURE = real({ min: 0, minOpen: true, default: 1 });

/**
 * Probabilities at a temperature: `softmax(logits / temperature)`.
 *
 * @param logits - shape [rows, classes]
 * @param options - `classes`; `temperature`, above 0 and finite
 * @returns shape [rows, classes], float64
 * @throws UsageError if the temperature is out of range.
 */
export function temperedProbabilities(
  logits: Numbers,
  { classes, temperature }: { classes: number; temperature: number },
): Float64Array {
  const t = checkParameter("temperedProbabilities", "temperature", TEMPERATURE, temperature);
  return logSoftmax(
    Float64Array.from(logits, (z) => z / t),
    classes,
  ).map(Math.exp);
}
