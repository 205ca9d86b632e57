/** @file Every statistic of one pair of arms, a column for each metric. */
import type { Comparison } from "../../study/index.js";
import { differenceTexts, intervalText } from "../differences.js";
import { levelText } from "../errorRate.js";
import { count, NO_NUMBER, pValueText, plainNumber } from "../format.js";
import { html, type Markup } from "../markup.js";
import { dataTable, scrollBox } from "../tables.js";
import type { Pairing } from "../headline.js";

const orNone = (value: number | null, print: (value: number) => string): string =>
  value === null ? NO_NUMBER : print(value);

const chance = (value: number): string => value.toFixed(2);

/** A statistic's name, and how it is read from a comparison. */
const STATISTICS: readonly (readonly [string, (comparison: Comparison) => string])[] = [
  ["Difference", (comparison) => differenceTexts(comparison).difference],
  ["Interval", (comparison) => differenceTexts(comparison).interval ?? NO_NUMBER],
  ["Level of the interval", levelText],
  ["p", ({ pValue }) => orNone(pValue, pValueText)],
  ["p, Holm", ({ adjustedPValue }) => orNone(adjustedPValue, pValueText)],
  ["BCa interval, 95 %", (one) => intervalText(one, one.details.bootstrap) ?? NO_NUMBER],
  ["p, Wilcoxon", ({ details }) => orNone(details.wilcoxonPValue, pValueText)],
  [
    "P(better), 95 % interval",
    ({ details: { superiority } }) =>
      superiority === null
        ? NO_NUMBER
        : `${chance(superiority.probability)} (${superiority.interval.map(chance).join(" to ")})`,
  ],
  [
    "Won, tied, lost",
    ({ details: { superiority } }) =>
      superiority === null
        ? NO_NUMBER
        : [superiority.wins, superiority.ties, superiority.losses].join(", "),
  ],
  ["Hedges’ g", ({ details }) => orNone(details.effectSize, plainNumber)],
  [
    "Seeds for half the width",
    ({ details }) => orNone(details.seedsForHalfTheWidth, (seeds) => count(seeds)),
  ],
];

/** A column a metric; accuracies and gaps in percentage points. */
export const statisticsTable = ({ arm, baseline, comparisons }: Pairing): Markup =>
  scrollBox(
    `Statistics of ${arm} compared with ${baseline}`,
    dataTable({
      caption: `${arm} minus ${baseline}; accuracies and gaps in percentage points`,
      head: ["", ...comparisons.map(({ metric }) => metric)],
      rows: STATISTICS.map(([name, read]) => [name, ...comparisons.map(read)]),
    }),
  );

/** What the rows of the statistics tables mean. */
export const statisticsKey = html`<details>
  <summary>What the statistics mean</summary>
  <dl class="method">
    <dt>Interval, level, p</dt>
    <dd>
      Of Student’s t on the paired differences; these alone decide the verdict. p is of this arm by
      itself, “p, Holm” is adjusted for all arms on this metric.
    </dd>
    <dt>BCa interval</dt>
    <dd>
      Bias-corrected and accelerated bootstrap of the mean difference, 95 % of this arm alone. It
      follows skewness, and is too narrow below about 20 seeds.
    </dd>
    <dt>Wilcoxon</dt>
    <dd>
      Exact signed-rank test of this arm alone. Below 6 seeds it cannot fall under 0.05, whatever
      the data.
    </dd>
    <dt>P(better)</dt>
    <dd>
      The chance that this arm is the better one on a new seed, a tie counting half, with Wilson’s
      interval.
    </dd>
    <dt>Hedges’ g</dt>
    <dd>
      The mean difference in standard deviations of the differences, corrected for few seeds: large
      beside the noise of seeds is not large for a user.
    </dd>
    <dt>Seeds for half the width</dt>
    <dd>So many paired seeds would halve the 95 % interval, by this spread.</dd>
  </dl>
</details>`;
