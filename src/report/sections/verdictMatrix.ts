/** @file Several arms against one baseline at a glance: a row an arm, a column a metric. */
import type { Comparison, Verdict } from "../../study/index.js";
import { differenceTexts, typographic } from "../differences.js";
import { EMPTY, html, type Markup } from "../markup.js";
import { scrollBox } from "../tables.js";
import type { Pairing } from "../headline.js";
import { levelText } from "../errorRate.js";

const BADGES = {
  better: "better",
  worse: "worse",
  "no detectable difference": "same",
  "too few seeds to tell": "few",
} satisfies Record<Verdict, string>;

const SHORT = {
  better: "better",
  worse: "worse",
  "no detectable difference": "none detected",
  "too few seeds to tell": "too few seeds",
} satisfies Record<Verdict, string>;

/** The verdict as a coloured word; the word says it all. */
export const badge = (verdict: Verdict, text: string = verdict): Markup =>
  html`<span class="badge ${BADGES[verdict]}">${text}</span>`;

function matrixCell(comparison: Comparison): Markup {
  const { difference, interval } = differenceTexts(comparison);
  const below =
    interval === undefined
      ? EMPTY
      : html`<span class="sd">${typographic(interval)}<br />at ${levelText(comparison)}</span>`;
  return html`<td>
    ${badge(comparison.verdict, SHORT[comparison.verdict])}
    <span class="line">${typographic(difference)}</span>${below}
  </td>`;
}

function matrixRow({ arm, comparisons }: Pairing, metrics: readonly string[]): Markup {
  const cell = (metric: string): Markup => {
    const found = comparisons.find((comparison) => comparison.metric === metric);
    return found ? matrixCell(found) : html`<td></td>`;
  };
  return html`<tr>
    <th scope="row">${arm}</th>
    ${metrics.map(cell)}
  </tr>`;
}

/** The verdicts on the arms of one baseline. */
export function verdictMatrix(pairs: readonly Pairing[]): Markup {
  const [{ baseline }] = pairs;
  const metrics = [
    ...new Set(pairs.flatMap(({ comparisons }) => comparisons.map(({ metric }) => metric))),
  ];
  const caption = `Compared with ${baseline}`;
  return scrollBox(
    caption,
    html`<table class="arms matrix">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">Arm</th>
          ${metrics.map((metric) => html`<th scope="col">${metric}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${pairs.map((pairing) => matrixRow(pairing, metrics))}
      </tbody>
    </table>`,
  );
}
