/** @file Every statistic of one pair of arms, a row for each metric. */
import type { Comparison } from "../../study/index.js";
import { differenceTexts, intervalText } from "../differences.js";
import { levelText } from "../errorRate.js";
import { NO_NUMBER, pValueText, plainNumber } from "../format.js";
import { html, type Markup } from "../markup.js";
import { dataTable, scrollBox } from "../tables.js";
import type { Pairing } from "../headline.js";

const HEAD = [
  "Metric",
  "Difference",
  "Interval",
  "Level",
  "p",
  "p, Holm",
  "BCa interval, 95 %",
  "p, Wilcoxon",
  "P(better), 95 % interval",
  "Won, tied, lost",
  "Hedges’ g",
  "Seeds for half the width",
];

const orNone = (value: number | null, print: (value: number) => string): string =>
  value === null ? NO_NUMBER : print(value);

function statisticsRow(comparison: Comparison): readonly string[] {
  const { metric, pValue, adjustedPValue, details } = comparison;
  const { difference, interval = NO_NUMBER } = differenceTexts(comparison);
  const { superiority, wilcoxonPValue, effectSize, seedsForHalfTheWidth } = details;
  const chance = (value: number): string => value.toFixed(2);
  return [
    metric,
    difference,
    interval,
    levelText(comparison),
    orNone(pValue, pValueText),
    orNone(adjustedPValue, pValueText),
    intervalText(comparison, details.bootstrap) ?? NO_NUMBER,
    orNone(wilcoxonPValue, pValueText),
    superiority === null
      ? NO_NUMBER
      : `${chance(superiority.probability)} (${superiority.interval.map(chance).join(" to ")})`,
    superiority === null
      ? NO_NUMBER
      : [superiority.wins, superiority.ties, superiority.losses].join(", "),
    orNone(effectSize, plainNumber),
    orNone(seedsForHalfTheWidth, String),
  ];
}

/** Accuracies and gaps in percentage points. */
export const statisticsTable = ({ arm, baseline, comparisons }: Pairing): Markup =>
  scrollBox(
    `Statistics of ${arm} compared with ${baseline}`,
    dataTable({
      caption: `${arm} minus ${baseline}; accuracies and gaps in percentage points`,
      head: HEAD,
      rows: comparisons.map(statisticsRow),
    }),
  );

/** What the columns of the statistics tables mean. */
export const statisticsKey = html`<details>
  <summary>What the columns mean</summary>
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
