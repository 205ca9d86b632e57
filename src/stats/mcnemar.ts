/** @file McNemar's test: two trained models on the same test rows. */
import { checkParameter, integer } from "../util/index.js";
import { fairCoinTest } from "./binomial.js";
import { normalCdf } from "./distributions.js";

export interface McNemarTest {
  /** `(|b - c| - 1)^2 / (b + c)`, with Edwards' continuity correction; 0 without disagreement. */
  readonly chiSquare: number;
  /** P(chi-square with one degree of freedom > statistic). */
  readonly pValue: number;
  /** The exact two-sided binomial p-value, to be preferred below about 25 disagreements. */
  readonly exactPValue: number;
}

const COUNT = integer({ min: 0, max: Number.MAX_SAFE_INTEGER, default: 0 });

/**
 * McNemar's test of two models on the same rows, from the rows on which exactly one of them is right.
 *
 * It assumes independent test rows. It compares two trained models, not two techniques: it says nothing
 * about what other seeds would have given, and one pair of trainings is all it can use. Rows on which
 * both are right, or both wrong, carry no weight. As mlxtend and statsmodels, it corrects for
 * continuity even where both counts are equal.
 *
 * @param onlyArm - rows that the arm alone gets right
 * @param onlyBaseline - rows that the baseline alone gets right
 * @throws UsageError if a count is not a whole number of at least 0.
 * @see McNemar, Note on the sampling error of the difference between correlated proportions or
 * percentages, Psychometrika 12, 1947
 * @see Dietterich, Approximate statistical tests for comparing supervised classification learning
 * algorithms, Neural Computation 10, 1998
 */
export function mcNemarTest(onlyArm: number, onlyBaseline: number): McNemarTest {
  const arm = checkParameter("mcNemarTest", "onlyArm", COUNT, onlyArm);
  const baseline = checkParameter("mcNemarTest", "onlyBaseline", COUNT, onlyBaseline);
  const both = arm + baseline;
  const chiSquare = both === 0 ? 0 : (Math.abs(arm - baseline) - 1) ** 2 / both;
  return {
    chiSquare,
    pValue: both === 0 ? 1 : 2 * normalCdf(-Math.sqrt(chiSquare)),
    exactPValue: fairCoinTest(arm, both),
  };
}
