/** @file Learning curves, one panel an arm, and the gap. */
import type { ArmResult, StudyResult } from "../../study/index.js";
import { gapChart, learningCurve, sharePanels } from "../charts/index.js";
import { html, type Markup } from "../markup.js";
import { accuracyMeasure, lossMeasure, type Measure } from "../measures.js";
import { finishedTrials } from "../metrics.js";
import { bySize, rowsOf, type Section } from "../section.js";
import { unfinishedTrials } from "../words.js";

/** One panel for each arm, on axes that all arms of the study share. */
function panelsOf(all: readonly ArmResult[], measure: Measure) {
  const shared = sharePanels(all, measure);
  return (arms: readonly ArmResult[]): Markup =>
    html`<div class="charts">${arms.map((arm) => learningCurve(arm, shared))}</div>`;
}

/** One panel for each arm: loss first, then accuracy. */
export function curvesSection(result: StudyResult): Section {
  const others = result.arms.length > 1 ? "Dotted grey: validation of the first arm. " : "";
  const losses = panelsOf(result.arms, lossMeasure);
  const accuracies = panelsOf(result.arms, accuracyMeasure);
  const early = unfinishedTrials(result).length > 0 ? " A cross is a trial that ended early." : "";
  return {
    id: "curves",
    title: "Learning curves",
    body: html`<p class="key">
        Solid: validation. Dashed: clean train. Lines are means, bands reach from the lowest to the
        highest seed. ${others}The upright line marks the onset of overfitting, the epoch of the
        lowest validation loss (median over seeds); each ring is one seed’s.${early}
      </p>
      ${bySize(
        result.arms,
        (arms) =>
          html`<h3>Loss</h3>
            ${losses(arms)}
            <h3>Accuracy, %</h3>
            ${accuracies(arms)}`,
        { sizes: result.sizes, rowsOf },
      )}`,
  };
}

/** The gap over epochs; without a finished trial there is none. */
export function gapSection(result: StudyResult): Section {
  const measured = result.arms.some((arm) => finishedTrials(arm).length > 0);
  return {
    id: "gap",
    title: "Generalization gap",
    body: html`<p class="key">
        How much worse the same weights do on validation rows than on the rows they were trained on.
        A small gap is no merit by itself: an arm that learns little has one too.
      </p>
      ${
        measured
          ? html`<div class="charts">
              ${gapChart(result, lossMeasure)} ${gapChart(result, accuracyMeasure)}
            </div>`
          : html`<p>No trial finished.</p>`
      }`,
  };
}
