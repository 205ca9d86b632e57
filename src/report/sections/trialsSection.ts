/** @file Every trial by itself; those that ended early first and in the open. */
import type { ArmResult, StudyResult, TrialResult } from "../../study/index.js";
import { duration, lossText, NO_NUMBER, percent } from "../format.js";
import { EMPTY, html, type Markup } from "../markup.js";
import { disclosure, type Section } from "../section.js";
import { scrollBox } from "../tables.js";
import { finalEpochWords, unfinishedTrials, type UnfinishedTrial } from "../words.js";

function unfinishedLine({ arm, trial: { seed, failure }, reason }: UnfinishedTrial): Markup {
  const place = failure === undefined ? "" : ` (epoch ${failure.epoch}, step ${failure.step})`;
  return html`<li><strong>${arm}, seed ${seed}</strong>${place}: ${reason}</li>`;
}

function unfinishedList(result: StudyResult): Markup {
  const trials = unfinishedTrials(result);
  if (trials.length === 0) return EMPTY;
  return html`<h3>Ended early</h3>
    <ul class="plain">
      ${trials.map(unfinishedLine)}
    </ul>`;
}

function trialRow({ name }: ArmResult, trial: TrialResult) {
  const { seed, epochs, final, bestEpoch, seconds } = trial;
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${seed}</td>
    <td>${percent(final?.clean.accuracy ?? NaN)}</td>
    <td>${percent(final?.validation.accuracy ?? NaN)}</td>
    <td>${percent(final?.test.accuracy ?? NaN)}</td>
    <td>${lossText(final?.clean.loss ?? NaN)}</td>
    <td>${lossText(final?.validation.loss ?? NaN)}</td>
    <td>${lossText(final?.test.loss ?? NaN)}</td>
    <td>${bestEpoch > 0 ? bestEpoch : NO_NUMBER}</td>
    <td>${epochs.length}</td>
    <td>${duration(seconds)}</td>
  </tr>`;
}

const trialTable = ({ arms }: StudyResult): Markup =>
  html`<table class="arms">
    <thead>
      <tr>
        <th rowspan="2" scope="col">Arm</th>
        <th rowspan="2" scope="col">Seed</th>
        <th colspan="3" scope="colgroup">Accuracy, %</th>
        <th colspan="3" scope="colgroup">Loss</th>
        <th rowspan="2" scope="col">Best epoch</th>
        <th rowspan="2" scope="col">Epochs</th>
        <th rowspan="2" scope="col">Time</th>
      </tr>
      <tr>
        <th scope="col">clean train</th>
        <th scope="col">validation</th>
        <th scope="col">test</th>
        <th scope="col">clean train</th>
        <th scope="col">validation</th>
        <th scope="col">test</th>
      </tr>
    </thead>
    <tbody>
      ${arms.flatMap((arm) => arm.trials.map((trial) => trialRow(arm, trial)))}
    </tbody>
  </table>`;

/** Failures in the open, all trials behind a disclosure. */
export const trialsSection = (result: StudyResult): Section => ({
  id: "trials",
  title: "Trials",
  body: html`${unfinishedList(result)}
  ${disclosure(
    { summary: `Every trial, after ${finalEpochWords(result).replace("the", "its")}` },
    scrollBox("Every trial", trialTable(result)),
  )}`,
});
