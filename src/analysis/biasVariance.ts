/** @file Bias and variance over trainings on disjoint parts of the data: squared error and cross-entropy. */
import { UsageError } from "../util/index.js";
import {
  checkLogits,
  checkProbabilities,
  logSoftmax,
  type ClassLogits,
  type ClassProbabilities,
  type Numbers,
} from "./rows.js";

export interface BiasVariance {
  /** Mean loss over trainings and rows: `bias + variance`, exactly. */
  readonly risk: number;
  readonly bias: number;
  readonly variance: number;
}

/** Test rows as T trained models see them. */
interface Trainings {
  readonly labels: Numbers;
  readonly classes: number;
}

function checkTrainings(who: string, trainings: number): void {
  if (trainings >= 2) return;
  throw new UsageError(
    `${who}: there must be at least 2 trainings; got ${trainings}. ` +
      "Variance is how trainings differ from each other.",
  );
}

/** Mean over the trainings of each number. */
function meanOf(trainings: readonly Numbers[]): Float64Array {
  return Float64Array.from({ length: trainings[0].length }, (_, index) =>
    trainings.reduce((sum, scores) => sum + scores[index] / trainings.length, 0),
  );
}

const target = ({ labels, classes }: Trainings, index: number): number =>
  labels[Math.floor(index / classes)] === index % classes ? 1 : 0;

/**
 * Squared bias and variance of class probabilities, `risk = mean ||p - oneHot||^2`, unbiased:
 * `variance = T / (T - 1) mean(||p_t - mean p||^2)` and `bias = risk - variance`.
 *
 * Squares are summed over classes and averaged over rows and trainings. Train T networks on disjoint parts
 * of the training set (Yang et al.: T = 5 for MNIST), evaluate all on the same test rows, and average over
 * repetitions. Wrong labels are part of the bias, and each training sees 1 / T of the data: this describes
 * learning from less data. The unbiased bias of a nearly unbiased learner can come out below 0.
 *
 * @param probabilities - one list of shape [rows, classes] a training, at least 2
 * @param options - `labels` [rows]; `classes`
 * @throws UsageError if shapes do not fit, or a row is not a probability distribution.
 * @see Yang et al., Rethinking bias-variance trade-off for generalization of neural networks, ICML 2020
 */
export function squaredBiasVariance(
  probabilities: readonly Numbers[],
  options: Omit<ClassProbabilities, "probabilities">,
): BiasVariance {
  const who = "squaredBiasVariance";
  const trainings = probabilities.length;
  checkTrainings(who, trainings);
  for (const one of probabilities) checkProbabilities(who, { ...options, probabilities: one });
  const center = meanOf(probabilities);
  let risk = 0;
  let spread = 0;
  for (const one of probabilities) {
    for (let index = 0; index < one.length; index++) {
      risk += (one[index] - target(options, index)) ** 2;
      spread += (one[index] - center[index]) ** 2;
    }
  }
  const rows = options.labels.length;
  risk /= trainings * rows;
  const variance = spread / ((trainings - 1) * rows);
  return { risk, bias: risk - variance, variance };
}

/**
 * Bias and variance of cross-entropy: with the normalized geometric mean `q` of the T probabilities, `bias =
 * mean(-log q[label])` and `variance = mean(KL(q || p_t))`; they add up to the mean cross-entropy.
 *
 * Computed from log-probabilities, as `variance(x) = -log(sum over c of exp(mean_t log p_t(c | x)))`. Plug-in
 * estimates: with few trainings the variance comes out too small and the bias too large by the same amount; no
 * unbiased estimate is known to us. `bias` is also the cross-entropy of the geometric ensemble.
 *
 * @param logits - one list of shape [rows, classes] a training, at least 2: logits or log-probabilities
 * @param options - `labels` [rows]; `classes`
 * @throws UsageError if shapes do not fit, or a logit is NaN or Infinity.
 * @see Yang et al., Rethinking bias-variance trade-off for generalization of neural networks, ICML 2020
 * @see Heskes, Bias/variance decompositions for likelihood-based estimators, Neural Computation 10, 1998
 */
export function crossEntropyBiasVariance(
  logits: readonly Numbers[],
  options: Omit<ClassLogits, "logits">,
): BiasVariance {
  const who = "crossEntropyBiasVariance";
  checkTrainings(who, logits.length);
  for (const one of logits) checkLogits(who, { ...options, logits: one });
  const { labels, classes } = options;
  const center = meanOf(logits.map((one) => logSoftmax(one, classes)));
  const geometric = logSoftmax(center, classes);
  let risk = 0;
  let bias = 0;
  for (let row = 0; row < labels.length; row++) {
    risk -= center[row * classes + labels[row]];
    bias -= geometric[row * classes + labels[row]];
  }
  const rows = labels.length;
  return { risk: risk / rows, bias: bias / rows, variance: (risk - bias) / rows };
}
