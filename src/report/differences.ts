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

/** The comparison's mean difference and interval, with the digits that the interval supports. */
export function differenceTexts(comparison: Comparison): DifferenceTexts {
  const unit = metricNamed(comparison.metric)?.unit ?? "plain";
  // Results that come from JSON have null where there is no number.
  const [mean, low, high] = [comparison.difference, ...comparison.interval].map((value) =>
    inUnit(value ?? NaN, unit),
  );
  const decimals = differenceDecimals(mean, [low, high]);
  const text = (value: number): string => signed(value, decimals);
  if (Number.isNaN(mean)) return { difference: NO_NUMBER };
  if (Number.isNaN(low)) return { difference: text(mean) };
  return { difference: text(mean), interval: `${text(low)} to ${text(high)}` };
}
