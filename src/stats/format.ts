/** @file Numbers for sentences: as many digits as their interval supports. */

/** "share": in [0, 1], printed in percentage points; "plain": printed as it is. */
export type Unit = "share" | "plain";

const MOST_DECIMALS = 12;

/** Decimals that show a number to two significant digits. */
function decimalsFor(magnitude: number): number {
  if (!(magnitude > 0) || magnitude === Infinity) return 2;
  return Math.min(MOST_DECIMALS, Math.max(0, 1 - Math.floor(Math.log10(magnitude))));
}

/** The number in the unit that it is printed in: a share in percentage points. */
export const inUnit = (value: number, unit: Unit): number =>
  unit === "share" ? value * 100 : value;

/**
 * Decimals for a difference and its interval: two significant digits of the interval's half-width,
 * and more where an end would otherwise print as 0 although it is not.
 *
 * @param interval - in the printed unit; without an interval (NaN), the mean itself decides
 */
export function differenceDecimals(mean: number, [low, high]: readonly [number, number]): number {
  if (Number.isNaN(low)) return decimalsFor(Math.abs(mean));
  let decimals = decimalsFor((high - low) / 2);
  const vanishes = (end: number): boolean => end !== 0 && Number(end.toFixed(decimals)) === 0;
  while (decimals < MOST_DECIMALS && (vanishes(low) || vanishes(high))) decimals++;
  return decimals;
}

/** The number with a sign before it, "+0.17" or "-0.17"; a number that rounds to 0 has none. */
export function signed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  if (Number(text) === 0) return text;
  return `${value < 0 ? "-" : "+"}${text}`;
}

/** A confidence in percent, "95", "97.5", "99.94": as many decimals as keep it below 100. */
export function confidencePercent(confidence: number): string {
  const rest = 100 * (1 - confidence);
  const decimals = Math.max(1, Math.ceil(-Math.log10(rest)));
  return String(Number((100 - rest).toFixed(decimals)));
}
