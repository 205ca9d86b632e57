/** @file Domingos' decomposition of the 0-1 loss over trainings. */
import { UsageError } from "../util/index.js";
import { checkClasses, type Numbers } from "./rows.js";

/** One test row as the trained models see it. */
export interface ZeroOnePoint {
  /** The main prediction: what most trainings say; of equally many the lowest class. */
  readonly main: number;
  /** Share of the trainings that are wrong: `bias + sign variance`. */
  readonly loss: number;
  /** 1 if the main prediction is wrong, else 0. */
  readonly bias: number;
  /** Share of the trainings that do not say the main prediction. */
  readonly variance: number;
  /** 1 where the main prediction is right; else minus the share of right ones among the deviating. */
  readonly sign: number;
}

export interface ZeroOneDecomposition {
  readonly points: readonly ZeroOnePoint[];
  /** Means over the rows; `loss = bias + netVariance`. */
  readonly loss: number;
  readonly bias: number;
  readonly variance: number;
  /** `unbiasedVariance - biasedVariance` for two classes; in general `mean(sign variance)`. */
  readonly netVariance: number;
  /** The parts of `variance` on rows whose main prediction is right, and on the others. */
  readonly unbiasedVariance: number;
  readonly biasedVariance: number;
}

function decomposePoint(
  answers: readonly number[],
  { label, classes }: { label: number; classes: number },
): ZeroOnePoint {
  const votes = Array.from({ length: classes }, () => 0);
  for (const answer of answers) votes[answer]++;
  const main = votes.indexOf(Math.max(...votes));
  const count = answers.length;
  const deviating = count - votes[main];
  const biased = main !== label;
  // Where nobody deviates the sign multiplies a variance of 0.
  const rightAmongDeviating = deviating === 0 ? 0 : votes[label] / deviating;
  return {
    main,
    loss: (count - votes[label]) / count,
    bias: biased ? 1 : 0,
    variance: deviating / count,
    sign: biased ? -rightAmongDeviating : 1,
  };
}

/**
 * Bias and variance of the 0-1 loss: `loss = bias + sign variance` for each row.
 *
 * Where the main prediction is wrong, variance helps: some trainings deviate towards the right class. So
 * the net variance subtracts it there, and may be below 0. Labels are taken as true, so that their noise is
 * part of the bias. Ties for the main prediction go to the lowest class.
 *
 * @param predictions - one list of predicted classes [rows] a training, at least 1
 * @param options - `labels` [rows]; `classes`
 * @throws UsageError if lengths do not fit, or a class is out of range.
 * @see Domingos, A unified bias-variance decomposition for zero-one and squared loss, AAAI 2000
 */
export function zeroOneBiasVariance(
  predictions: readonly Numbers[],
  { labels, classes }: { labels: Numbers; classes: number },
): ZeroOneDecomposition {
  const who = "zeroOneBiasVariance";
  if (predictions.length === 0 || labels.length === 0) {
    throw new UsageError(
      `${who}: there must be at least one training and one row; ` +
        `got ${predictions.length} and ${labels.length}.`,
    );
  }
  for (const list of [labels, ...predictions]) {
    checkClasses(who, list, classes);
    if (list.length === labels.length) continue;
    throw new UsageError(
      `${who}: each training must predict each of the ${labels.length} rows; got ${list.length}.`,
    );
  }
  const points = Array.from(labels, (label, row) =>
    decomposePoint(
      predictions.map((list) => list[row]),
      { label, classes },
    ),
  );
  const average = (value: (point: ZeroOnePoint) => number): number =>
    points.reduce((sum, point) => sum + value(point), 0) / points.length;
  return {
    points,
    loss: average(({ loss }) => loss),
    bias: average(({ bias }) => bias),
    variance: average(({ variance }) => variance),
    netVariance: average(({ sign, variance }) => sign * variance),
    unbiasedVariance: average(({ bias, variance }) => (1 - bias) * variance),
    biasedVariance: average(({ bias, variance }) => bias * variance),
  };
}
