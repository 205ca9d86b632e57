/** @file Learning curves, one panel an arm, and the gap. */
import type { StudyResult } from "../../study/index.js";
import { gapChart, learningCurve, sharePanels } from "../charts/index.js";
import { html, type Markup } from "../markup.js";
import { accuracyMeasure, lossMeasure, type Measure } from "../measures.js";
import { finishedTrials } from "../metrics.js";
import { unfinishedTrials } from "../words.js";

function panels({ arms }: StudyResult, measure: Measure): Markup {
  const shared = sharePanels(arms, measure);
  return html`<div class="charts">${arms.map((arm) => learningCurve(arm, shared))}</div>`;
}

/** One panel for each arm: loss first, then accuracy. */
export function curvesSection(result: StudyResult): Markup {
  const others = result.arms.length > 1 ? "Dotted grey: validation of the first arm. " : "";
  const early = unfinishedTrials(result).length > 0 ? " A cross is a trial that ended early." : "";
  return html`<section aria-labelledby="curves">
    <h2 id="curves">Learning curves</h2>
    <p class="key">
      Solid: validation. Dashed: clean train. Lines are means, bands reach from the lowest to the
      highest seed. ${others}The upright line marks the onset of overfitting, the epoch of the
      lowest validation loss (median over seeds); each ring is one seed’s.${early}
    </p>
    <h3>Loss</h3>
    ${panels(result, lossMeasure)}
    <h3>Accuracy, %</h3>
    ${panels(result, accuracyMeasure)}
  </section>`;
}

/** The gap over epochs; without a finished trial there is none. */
export function gapSection(result: StudyResult): Markup {
  const measured = result.arms.some((arm) => finishedTrials(arm).length > 0);
  return html`<section aria-labelledby="gap">
    <h2 id="gap">Generalization gap</h2>
    <p class="key">
      How much worse the same weights do on validation rows than on the rows they were trained on. A
      small gap is no merit by itself: an arm that learns little has one too.
    </p>
    ${
      measured
        ? html`<div class="charts">
            ${gapChart(result, lossMeasure)} ${gapChart(result, accuracyMeasure)}
          </div>`
        : html`<p>No trial finished.</p>`
    }
  </section>`;
}
