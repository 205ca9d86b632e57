/** @file Student's t interval of a mean that has bounds, on a scale that has none. */
import { UsageError } from "../util/index.js";
import { studentInterval, type Interval, type StudentEstimate } from "./estimate.js";

/**
 * The interval of a mean share, such as an arm's mean accuracy over seeds: Student's on the logit scale,
 * `logit(mean) +- t((1 + confidence) / 2, df) standardError / (mean (1 - mean))`, carried back.
 *
 * It never leaves (0, 1), and reaches farther to the side of 1/2, as accuracies near 1 spread. Far from
 * 0 and 1 it is `studentInterval`. It is about the mean of the shares themselves; no single share is
 * transformed, so that 0 and 1 are allowed among them. This is `svyciprop(method = "xlogit")` of R's survey
 * package and `CL(TYPE=LOGIT)` of SAS, whose clusters of rows are our seeds. Assumes independent seeds, and
 * spread from them alone: that the test set is a sample is `wilsonInterval`'s matter.
 *
 * @param confidence - in (0, 1), default 0.95
 * @returns [mean, mean] for a standard error of 0, [NaN, NaN] where the spread or the mean is unknown.
 * @throws UsageError if the mean is no share, or is 0 or 1 although there is a spread.
 * @see Korn and Graubard, Confidence intervals for proportions with small expected number of positive counts
 *   estimated from survey data, Survey Methodology 24, 1998
 */
export function logitInterval(estimate: StudentEstimate, confidence?: number): Interval {
  const { mean, standardError } = estimate;
  if (!hasSpread(estimate)) return studentInterval(estimate, confidence);
  if (!(mean > 0 && mean < 1)) {
    throw new UsageError(
      `logitInterval: mean must lie between 0 and 1 where shares differ; got ${mean}. ` +
        "Give shares, not percent; a difference of shares has studentInterval.",
    );
  }
  const odds = { mean: 0, standardError: standardError / (mean * (1 - mean)) };
  const [low, high] = studentInterval({ ...estimate, ...odds }, confidence);
  const shifted = (logit: number): number => mean / (mean + (1 - mean) * Math.exp(-logit));
  return [shifted(low), shifted(high)];
}

/**
 * The interval of a mean that is never negative, such as a loss: Student's on the logarithmic scale,
 * `mean exp(+- t((1 + confidence) / 2, df) standardError / mean)`. See {@link logitInterval}, also for what it returns.
 *
 * @throws UsageError if the mean is not greater than 0 although there is a spread.
 */
export function logInterval(estimate: StudentEstimate, confidence?: number): Interval {
  const { mean, standardError } = estimate;
  if (!hasSpread(estimate)) return studentInterval(estimate, confidence);
  if (!(mean > 0)) {
    throw new UsageError(
      `logInterval: mean must be greater than 0 where values differ; got ${mean}. ` +
        "Values that may be negative have studentInterval.",
    );
  }
  const relative = { mean: 0, standardError: standardError / mean };
  const [low, high] = studentInterval({ ...estimate, ...relative }, confidence);
  return [mean * Math.exp(low), mean * Math.exp(high)];
}

const hasSpread = ({ mean, standardError }: StudentEstimate): boolean =>
  !Number.isNaN(mean) && standardError > 0;
