/** @file The table of arms. */
import type { StudyResult } from "../../study/index.js";
import { typographic } from "../differences.js";
import { duration, lossText, NO_NUMBER, percent, spreadTexts } from "../format.js";
import { EMPTY, html, type Markup } from "../markup.js";
import { summarizeArms, type ArmSummary, type ScoreSpreads, type Spread } from "../summary.js";
import { finalEpochWords } from "../words.js";

const MEASURES = ["cleanTrain", "validation", "test", "gap"] as const;

function spreadCell(spread: Spread, print: (value: number) => string): Markup {
  const { mean, sd } = spreadTexts(spread, print);
  const below = Number.isNaN(spread.sd) ? EMPTY : html`<span class="sd">± ${sd}</span>`;
  return html`<td>${typographic(mean)} ${below}</td>`;
}

function scoreCells(
  summary: ArmSummary,
  score: keyof ScoreSpreads,
  print: (value: number) => string,
): readonly Markup[] {
  return MEASURES.map((measure) => spreadCell(summary[measure][score], print));
}

const trialCount = ({ finished, unfinished }: ArmSummary): string =>
  unfinished === 0 ? String(finished) : `${finished} of ${finished + unfinished}`;

const armRow = (summary: ArmSummary): Markup =>
  html`<tr>
    <th scope="row">${summary.name}</th>
    ${scoreCells(summary, "accuracy", percent)} ${scoreCells(summary, "loss", lossText)}
    <td>${Number.isNaN(summary.bestEpoch) ? NO_NUMBER : summary.bestEpoch}</td>
    <td>${duration(summary.seconds.mean)}</td>
    <td>${trialCount(summary)}</td>
  </tr>`;

const measureHeads = html`<th scope="col">clean train</th>
  <th scope="col">validation</th>
  <th scope="col">test</th>
  <th scope="col">gap</th>`;

/** One row an arm: accuracies, losses, gaps, the epoch of the lowest validation loss, time. */
export const armsSection = (result: StudyResult): Markup =>
  html`<section aria-labelledby="arms">
    <h2 id="arms">Arms after ${finalEpochWords(result)}</h2>
    <p class="key">
      Mean ± standard deviation over the seeds that finished. Best epoch: the median over seeds of
      the epoch with the lowest validation loss. Time: of one trial.
    </p>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="arms">
      <table class="arms">
        <thead>
          <tr>
            <th rowspan="2" scope="col">Arm</th>
            <th colspan="4" scope="colgroup">Accuracy, %</th>
            <th colspan="4" scope="colgroup">Loss</th>
            <th rowspan="2" scope="col">Best epoch</th>
            <th rowspan="2" scope="col">Time</th>
            <th rowspan="2" scope="col">Trials</th>
          </tr>
          <tr>
            ${measureHeads} ${measureHeads}
          </tr>
        </thead>
        <tbody>
          ${summarizeArms(result).map(armRow)}
        </tbody>
      </table>
    </div>
  </section>`;
