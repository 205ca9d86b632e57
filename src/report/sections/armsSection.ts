/** @file The tables of arms: what each reached, with the interval of its mean. */
import type { StudyResult } from "../../study/index.js";
import { typographic } from "../differences.js";
import { lossText, NO_NUMBER, percent } from "../format.js";
import { EMPTY, html, type Markup } from "../markup.js";
import { bySize, rowsOf, type Section } from "../section.js";
import { scrollBox } from "../tables.js";
import {
  meanInterval,
  MEASURES,
  summarizeArm,
  type ArmSummary,
  type MeasureName,
  type ScoreSpreads,
} from "../summary.js";
import { finalEpochWords } from "../words.js";

interface Score {
  readonly name: keyof ScoreSpreads;
  readonly title: string;
  readonly print: (value: number) => string;
}

const SCORES: readonly Score[] = [
  { name: "accuracy", title: "Accuracy, %", print: percent },
  { name: "loss", title: "Loss", print: lossText },
];

/** Mean ± standard deviation, and below it the interval of the mean. */
function spreadCell(summary: ArmSummary, measure: MeasureName, score: Score): Markup {
  const spread = summary[measure][score.name];
  const { print } = score;
  const ends = meanInterval(summary, { measure, score: score.name });
  return html`<td>
    ${typographic(print(spread.mean))}
    ${Number.isNaN(spread.sd) ? EMPTY : html`<span class="aside">± ${print(spread.sd)}</span>`}
    ${
      ends === undefined
        ? EMPTY
        : html`<span class="sd">${typographic(ends.map(print).join(" to "))}</span>`
    }
  </td>`;
}

const trialCount = ({ finished, unfinished }: ArmSummary): string =>
  unfinished === 0 ? String(finished) : `${finished} of ${finished + unfinished}`;

const armRow = (summary: ArmSummary, score: Score): Markup =>
  html`<tr>
    <th scope="row">${summary.name}</th>
    ${MEASURES.map((measure) => spreadCell(summary, measure, score))}
    <td>${Number.isNaN(summary.bestEpoch) ? NO_NUMBER : summary.bestEpoch}</td>
    <td>${trialCount(summary)}</td>
  </tr>`;

const scoreTable = (summaries: readonly ArmSummary[], score: Score): Markup =>
  scrollBox(
    `${score.title} of the arms`,
    html`<table class="arms">
      <caption>
        ${score.title}
      </caption>
      <thead>
        <tr>
          <th scope="col">Arm</th>
          <th scope="col">clean train</th>
          <th scope="col">validation</th>
          <th scope="col">test</th>
          <th scope="col">gap</th>
          <th scope="col">best epoch</th>
          <th scope="col">trials</th>
        </tr>
      </thead>
      <tbody>
        ${summaries.map((summary) => armRow(summary, score))}
      </tbody>
    </table>`,
  );

/** One table for accuracies, one for losses. */
export function armsSection(result: StudyResult): Section {
  return {
    id: "arms",
    title: `Arms after ${finalEpochWords(result)}`,
    body: html`<p class="key">
        Mean ± standard deviation over the seeds that finished, and below it the 95&nbsp;% interval
        of the mean: Student’s t, for accuracies on the logit scale and for losses on the
        logarithmic one, so that none passes 0 or 100&nbsp;%. Intervals of two arms may overlap
        although they differ: paired differences, above, are the sharper comparison. Best epoch: the
        median over seeds of the epoch with the lowest validation loss.
      </p>
      ${bySize(
        result.arms,
        (arms) => html`${SCORES.map((score) => scoreTable(arms.map(summarizeArm), score))}`,
        { sizes: result.sizes, rowsOf },
      )}`,
  };
}
