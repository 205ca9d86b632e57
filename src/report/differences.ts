/** @file A comparison's numbers as text, in the unit that its metric is printed in. */
import { differenceDecimals, inUnit, signed } from "../stats/index.js";
import type { Comparison } from "../study/index.js";
import { NO_NUMBER } from "./format.js";
import { metricNamed } from "./metrics.js";

/** A minus sign instead of a hyphen before numbers, and no line break before a percent sign. */
export const typographic = (text: string): string =>
  text.replace(/(^|[\s(])-(?=\d)/g, "$1−").replace(/(\d) %/g, "$1\u00a0%");

export interface DifferenceTexts {
  /** "+0.24", in points for accuracies. */
  readonly difference: string;
  /** "+0.15 to +0.33"; undefined where there is no interval. */
  readonly interval?: string;
}

/** Results that come from JSON have null where there is no number. */
function numbersOf(comparison: Comparison, interval: Comparison["interval"]): readonly number[] {
  const unit = metricNamed(comparison.metric)?.unit ?? "plain";
  return [comparison.difference, ...interval].map((value) => inUnit(value ?? NaN, unit));
}

/** An interval of the comparison's mean difference, with the digits that it supports. */
export function intervalText(
  comparison: Comparison,
  interval: Comparison["interval"],
): string | undefined {
  const [mean, low, high] = numbersOf(comparison, interval);
  if (Number.isNaN(mean) || Number.isNaN(low)) return undefined;
  const decimals = differenceDecimals(mean, [low, high]);
  return `${signed(low, decimals)} to ${signed(high, decimals)}`;
}

/** The comparison's mean difference and interval, with the digits that the interval supports. */
export function differenceTexts(comparison: Comparison): DifferenceTexts {
  const [mean, low, high] = numbersOf(comparison, comparison.interval);
  if (Number.isNaN(mean)) return { difference: NO_NUMBER };
  const difference = signed(mean, differenceDecimals(mean, [low, high]));
  const interval = intervalText(comparison, comparison.interval);
  return interval === undefined ? { difference } : { difference, interval };
}
