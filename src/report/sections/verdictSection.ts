/** @file The verdicts in sentences, with the paired differences that they rest on. */
import type { Comparison, StudyResult, Verdict } from "../../study/index.js";
import { pairedDifferences } from "../charts/index.js";
import { typographic } from "../differences.js";
import { EMPTY, html, type Markup } from "../markup.js";
import { intervalNote, pairings, type Pairing } from "../words.js";

const BADGES = {
  better: "better",
  worse: "worse",
  "no detectable difference": "same",
  "too few seeds to tell": "few",
} satisfies Record<Verdict, string>;

const verdictLine = ({ verdict, sentence }: Comparison): Markup =>
  html`<li>
    <span class="badge ${BADGES[verdict]}">${verdict}</span>
    <span>${typographic(sentence)}</span>
  </li>`;

const verdictList = (comparisons: readonly Comparison[]): Markup =>
  html`<ul class="verdicts">
    ${comparisons.map(verdictLine)}
  </ul>`;

/** "1 better, 4 no detectable difference". */
function tally(comparisons: readonly Comparison[]): string {
  const verdicts = comparisons.map(({ verdict }) => verdict);
  return [...new Set(verdicts)]
    .map((verdict) => `${verdicts.filter((other) => other === verdict).length} ${verdict}`)
    .join(", ");
}

/** The sentences of one pair of arms; among several pairs, behind a count of the verdicts. */
const pairingBlock = ({ arm, baseline, comparisons }: Pairing, alone: boolean): Markup =>
  html`<h3>${arm} compared with ${baseline}</h3>
    ${
      alone
        ? verdictList(comparisons)
        : html`<details>
            <summary>${tally(comparisons)}</summary>
            ${verdictList(comparisons)}
          </details>`
    }`;

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
  const pairs = pairings(result);
  return html`<section aria-labelledby="verdicts">
    <h2 id="verdicts">Differences, seed by seed</h2>
    ${pairs.map((pairing) => pairingBlock(pairing, pairs.length === 1))}
    <p class="note">${typographic(intervalNote(result))}</p>
    <p class="key">
      Each ring is one seed: the arm’s value minus the baseline’s. The diamond is their mean, the
      bar its 95&nbsp;% interval. A bar that touches the line at 0 supports no claim.
    </p>
    <div class="charts">${differenceCharts(result)}</div>
  </section>`;
}
