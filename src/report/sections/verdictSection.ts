/** @file The verdicts with all their statistics, and the paired differences that they rest on. */
import type { Comparison, StudyResult } from "../../study/index.js";
import { pairedDifferences } from "../charts/index.js";
import { typographic } from "../differences.js";
import { intervalNote } from "../errorRate.js";
import { pairings, type Pairing } from "../headline.js";
import { EMPTY, html, type Markup } from "../markup.js";
import { bySize, disclosure, type Section } from "../section.js";
import { statisticsKey, statisticsTable } from "./statisticsTable.js";
import { badge, verdictMatrix } from "./verdictMatrix.js";

const verdictLine = ({ verdict, sentence }: Comparison): Markup =>
  html`<li>
    ${badge(verdict)}
    <span>${typographic(sentence)}</span>
  </li>`;

/** The sentences and the statistics of one pair of arms. */
const pairingBody = (pairing: Pairing): Markup =>
  html`<ul class="verdicts">
      ${pairing.comparisons.map(verdictLine)}
    </ul>
    ${statisticsTable(pairing)}`;

const pairingDetails = (pairing: Pairing): Markup =>
  disclosure(
    { summary: `${pairing.arm} compared with ${pairing.baseline}: all statistics` },
    pairingBody(pairing),
  );

/** One pair in the open; of several, which share their baseline, a matrix, and each pair behind a disclosure. */
function verdictTables(pairs: readonly Pairing[]): Markup {
  if (pairs.length === 1) {
    const [{ arm, baseline }] = pairs;
    return html`<h3>${arm} compared with ${baseline}</h3>
      ${pairingBody(pairs[0])}`;
  }
  return html`${verdictMatrix(pairs)} ${pairs.map(pairingDetails)}`;
}

/** One chart for each metric, in the order of the comparisons. */
function differenceCharts(
  result: StudyResult,
  comparisons: readonly Comparison[],
): readonly Markup[] {
  const names = [...new Set(comparisons.map(({ metric }) => metric))];
  return names.flatMap((name) =>
    pairedDifferences(
      result,
      comparisons.filter(({ metric }) => metric === name),
    ),
  );
}

const matrixKey = html`<p class="key">
  Mean difference and interval, arm minus baseline; accuracies and gaps in percentage points. “None
  detected” is not “equal”: the interval says what may have been missed.
</p>`;

const chartKey = html`<p class="key">
  Each ring is one seed: the arm’s value minus the baseline’s. The diamond is their mean, the bar
  its interval, at the level given above. A bar that touches the line at 0 supports no claim.
</p>`;

/** None for a study without comparisons. */
export function verdictSection(result: StudyResult): Section | undefined {
  const { comparisons, sizes, arms } = result;
  if (comparisons.length === 0) return undefined;
  const groups = bySize(
    comparisons,
    (some) =>
      html`${verdictTables(pairings({ comparisons: some }))}
        ${sizes ? EMPTY : html`${statisticsKey} ${chartKey}`}
        <div class="charts">${differenceCharts(result, some)}</div>`,
    { sizes, rowsOf: ({ arm }) => arms.find(({ name }) => name === arm)?.trainRows ?? NaN },
  );
  return {
    id: "verdicts",
    title: "Differences, seed by seed",
    body: html`<p class="note">${typographic(intervalNote(result))}</p>
      ${pairings(result).length > 1 ? matrixKey : EMPTY}
      ${sizes ? html`${statisticsKey} ${chartKey}` : EMPTY} ${groups}`,
  };
}
