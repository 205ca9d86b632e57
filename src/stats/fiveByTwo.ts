/** @file Five times two-fold cross-validation: Dietterich's t and Alpaydin's F. */
import { UsageError } from "../util/index.js";
import { studentTwoSided } from "./distributions.js";
import { incompleteBeta } from "./incompleteBeta.js";
import { checkFinite } from "./moments.js";

export interface FiveByTwoTest {
  /** Dietterich's t, with 5 degrees of freedom; its numerator is the first difference alone. */
  readonly t: number;
  readonly tPValue: number;
  /** Alpaydin's F, with 10 and 5 degrees of freedom; it uses all ten differences. */
  readonly f: number;
  readonly fPValue: number;
}

/** P(F > f) with `d1` and `d2` degrees of freedom. */
export function fTail(f: number, [d1, d2]: readonly [number, number]): number {
  const x = d2 / (d2 + d1 * f);
  return incompleteBeta(x, { y: (d1 * f) / (d2 + d1 * f), a: d2 / 2, b: d1 / 2 });
}

/**
 * Dietterich's 5x2cv paired t test and Alpaydin's combined F test.
 *
 * Five random halvings of the data; in each, both techniques are trained on either half and tested on the
 * other: two differences. Halving keeps the two training sets of a replication apart, which other
 * resamplings do not; the five replications still share data, so both tests are approximations,
 * and they concern trainings on half of the data. Prefer F, which does not depend on which
 * difference comes first.
 *
 * @param differences - five pairs of differences, one a fold
 * @returns NaN where no replication's two differences differ: the spread is unknown.
 * @throws UsageError if they are not five pairs of finite numbers.
 * @see Dietterich, Approximate statistical tests for comparing supervised classification learning
 * algorithms, Neural Computation 10, 1998
 * @see Alpaydin, Combined 5x2 cv F test for comparing supervised classification learning algorithms,
 * Neural Computation 11, 1999
 */
export function fiveByTwoTest(differences: readonly (readonly [number, number])[]): FiveByTwoTest {
  checkFinite("fiveByTwoTest", differences.flat());
  if (differences.length !== 5 || differences.some((pair) => pair.length !== 2)) {
    throw new UsageError(
      `fiveByTwoTest: differences must be 5 pairs; got ${differences.length} of lengths ` +
        `${differences.map(({ length }) => length).join(", ")}.`,
    );
  }
  // The variance of two values about their mean, without dividing by anything: (a - b)^2 / 2.
  const variances = differences.reduce((sum, [a, b]) => sum + (a - b) ** 2 / 2, 0);
  const squares = differences.flat().reduce((sum, value) => sum + value ** 2, 0);
  if (variances === 0) return { t: NaN, tPValue: NaN, f: NaN, fPValue: NaN };
  const t = differences[0][0] / Math.sqrt(variances / 5);
  const f = squares / (2 * variances);
  return { t, tPValue: studentTwoSided(t, 5), f, fPValue: fTail(f, [10, 5]) };
}
