/** @file Proper scores of probabilities: Brier and negative log-likelihood. */
import {
  checkLogits,
  checkProbabilities,
  logSoftmax,
  type ClassLogits,
  type ClassProbabilities,
} from "./rows.js";

/**
 * Brier score: `mean over rows of sum over classes of (p - oneHot)^2`, in [0, 2].
 *
 * This is Brier's own definition for several classes. scikit-learn's `brier_score_loss` of two classes is
 * half of it.
 *
 * @param rows - probabilities [rows, classes], labels [rows]
 * @throws UsageError if shapes do not fit, or a row is not a probability distribution.
 * @see Brier, Verification of forecasts expressed in terms of probability, Monthly Weather Review 78, 1950
 */
export function brierScore(rows: ClassProbabilities): number {
  checkProbabilities("brierScore", rows);
  const { probabilities, labels, classes } = rows;
  let sum = 0;
  for (let index = 0; index < probabilities.length; index++) {
    const target = labels[Math.floor(index / classes)] === index % classes ? 1 : 0;
    sum += (probabilities[index] - target) ** 2;
  }
  return sum / labels.length;
}

/**
 * Negative log-likelihood: `mean over rows of -log(softmax(logits)[label])`, in nats.
 *
 * The cross-entropy without any clipping, where Keras clips probabilities to [1e-7, 1 - 1e-7]: a label
 * of probability 0 gives Infinity. Hand in logits, or log-probabilities computed from them; the logarithm of
 * a float32 probability is minus infinity below 1e-45.
 *
 * @param rows - logits [rows, classes], labels [rows]
 * @throws UsageError if shapes do not fit, or a logit is NaN or Infinity.
 */
export function negativeLogLikelihood(rows: ClassLogits): number {
  checkLogits("negativeLogLikelihood", rows);
  const { logits, labels, classes } = rows;
  const logs = logSoftmax(logits, classes);
  let sum = 0;
  for (let row = 0; row < labels.length; row++) sum -= logs[row * classes + labels[row]];
  return sum / labels.length;
}
