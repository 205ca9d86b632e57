/** @file The verdicts with all their statistics, and the paired differences that they rest on. */
import type { Comparison, StudyResult } from "../../study/index.js";
import { pairedDifferences } from "../charts/index.js";
import { typographic } from "../differences.js";
import { intervalNote } from "../errorRate.js";
import { pairings, type Pairing } from "../headline.js";
import { EMPTY, html, type Markup } from "../markup.js";
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
  html`<details>
    <summary>${pairing.arm} compared with ${pairing.baseline}: all statistics</summary>
    ${pairingBody(pairing)}
  </details>`;

/** One pair in the open; of several a matrix for each baseline, and each pair behind a disclosure. */
function verdictTables(pairs: readonly Pairing[]): Markup {
  if (pairs.length === 1) {
    const [{ arm, baseline }] = pairs;
    return html`<h3>${arm} compared with ${baseline}</h3>
      ${pairingBody(pairs[0])}`;
  }
  const baselines = [...new Set(pairs.map(({ baseline }) => baseline))];
  const matrices = baselines.map((name) =>
    verdictMatrix(pairs.filter(({ baseline }) => baseline === name)),
  );
  return html`<p class="key">
      Mean difference and interval, arm minus baseline; accuracies and gaps in percentage points.
      “None detected” is not “equal”: the interval says what may have been missed.
    </p>
    ${matrices} ${pairs.map(pairingDetails)}`;
}

/** One chart for each metric, in the order of the comparisons. */
function differenceCharts(result: StudyResult): readonly Markup[] {
  const names = [...new Set(result.comparisons.map(({ metric }) => metric))];
  return names.flatMap((name) =>
    pairedDifferences(
      result,
      result.comparisons.filter(({ metric }) => metric === name),
    ),
  );
}

/** Empty for a study without comparisons. */
export function verdictSection(result: StudyResult): Markup {
  if (result.comparisons.length === 0) return EMPTY;
  return html`<section aria-labelledby="verdicts">
    <h2 id="verdicts">Differences, seed by seed</h2>
    <p class="note">${typographic(intervalNote(result))}</p>
    ${verdictTables(pairings(result))} ${statisticsKey}
    <p class="key">
      Each ring is one seed: the arm’s value minus the baseline’s. The diamond is their mean, the
      bar its interval, at the level given above. A bar that touches the line at 0 supports no
      claim.
    </p>
    <div class="charts">${differenceCharts(result)}</div>
  </section>`;
}
