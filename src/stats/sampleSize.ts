/** @file How many seeds a wanted precision, power or superiority needs. */
import { checkParameter, real } from "../util/index.js";
import { normalQuantile, studentQuantile } from "./distributions.js";
import { checkConfidence } from "./estimate.js";
import { pairedPower } from "./power.js";

const POSITIVE = real({ min: 0, minOpen: true, default: 1 });
const SHARE = real({ min: 0, minOpen: true, max: 1, maxOpen: true, default: 0.5 });
const ABOVE_HALF = real({ min: 0.5, minOpen: true, max: 1, default: 0.75 });
const EFFECT = real({
  min: 0.001,
  default: 0.5,
  advice: "It is the mean difference divided by the differences' standard deviation, without sign.",
});
const RATIO = real({
  min: 0,
  minOpen: true,
  max: 1000,
  default: 1,
  advice: "Ask for a wider interval: this one needs millions of seeds.",
});

/** The fewest seeds, at least 2, from which on `suffices` holds; it must be monotone. */
function fewestSeeds(suffices: (seeds: number) => boolean): number {
  let enough = 2;
  while (!suffices(enough)) enough *= 2;
  let tooFew = enough / 2;
  while (enough - tooFew > 1) {
    const middle = Math.floor((enough + tooFew) / 2);
    if (suffices(middle)) enough = middle;
    else tooFew = middle;
  }
  return Math.max(2, enough);
}

/**
 * Seeds after which the t interval's half-width is `halfWidth`, if the differences spread by `sd`:
 * the smallest n with `t((1 + confidence) / 2, n - 1) sd / sqrt(n) <= halfWidth`.
 *
 * A plan, not a promise: `sd` is a guess or an estimate. A study that must reach the width adds seeds by
 * `untilNarrow`, which accounts for what an estimated spread does not know.
 *
 * @param sd - standard deviation of the paired differences, above 0
 * @param options - `halfWidth`, above 0, in the same unit; `confidence` in (0, 1), default 0.95
 * @throws UsageError naming the number out of range, or sd / halfWidth above 1,000.
 */
export function seedsForHalfWidth(
  sd: number,
  options: { halfWidth: number; confidence?: number },
): number {
  const who = "seedsForHalfWidth";
  const spread = checkParameter(who, "sd", POSITIVE, sd);
  const halfWidth = checkParameter(who, "halfWidth", POSITIVE, options.halfWidth);
  const confidence = checkConfidence(who, options.confidence);
  const ratio = checkParameter(who, "sd / halfWidth", RATIO, spread / halfWidth);
  return fewestSeeds(
    (seeds) => (studentQuantile((1 + confidence) / 2, seeds - 1) * ratio) / Math.sqrt(seeds) <= 1,
  );
}

/**
 * Seeds with which the two-sided paired t test detects `effect` with the wanted power (non-central t).
 *
 * @param effect - d_z, the true mean difference divided by the differences' standard deviation, at
 * least 0.001. Guessed from few seeds it is unreliable: take the smallest one worth having.
 * @param options - `power` in (0, 1), default 0.8; `significance` in (0, 1), default 0.05. For Holm over
 * m arms, 0.05 / m is on the safe side.
 * @throws UsageError naming the number out of range.
 * @see Cohen, Statistical power analysis for the behavioral sciences, 1988
 */
export function seedsForPower(
  effect: number,
  options: { power?: number; significance?: number } = {},
): number {
  const who = "seedsForPower";
  const size = checkParameter(who, "effect", EFFECT, effect);
  const power = checkParameter(who, "power", SHARE, options.power ?? 0.8);
  const significance = checkParameter(who, "significance", SHARE, options.significance ?? 0.05);
  return fewestSeeds((seeds) => pairedPower(size, { seeds, significance }) >= power);
}

/**
 * Noether's sample size for showing that P(A beats B) is above 1/2 when it is `probability`:
 * `((z(1 - significance) + z(power)) / (sqrt(6) (probability - 1/2)))^2`, rounded up; 29 by default.
 *
 * @param options - `probability` in (0.5, 1], default 0.75; `significance`, one-sided, and 1 - `power` in
 * (0, 1), default 0.05 each
 * @throws UsageError naming the number out of range.
 * @see Noether, Sample size determination for some common nonparametric tests, JASA 82, 1987
 * @see Bouthillier et al., Accounting for variance in machine learning benchmarks, MLSys 2021
 */
export function seedsForSuperiority(
  options: { probability?: number; significance?: number; power?: number } = {},
): number {
  const who = "seedsForSuperiority";
  const probability = checkParameter(
    who,
    "probability",
    ABOVE_HALF,
    options.probability ?? ABOVE_HALF.default,
  );
  const significance = checkParameter(who, "significance", SHARE, options.significance ?? 0.05);
  const power = checkParameter(who, "power", SHARE, options.power ?? 0.95);
  const z = normalQuantile(1 - significance) + normalQuantile(power);
  return Math.ceil((z / (Math.sqrt(6) * (probability - 0.5))) ** 2);
}
