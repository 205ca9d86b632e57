/** @file Learning curves over data size: what more training rows are worth to each arm. */
import type { StudyResult } from "../../study/index.js";
import { armStyle, bandChart, type BandAxis, type BandLine } from "../charts/index.js";
import { count } from "../format.js";
import { html } from "../markup.js";
import { accuracyMeasure } from "../measures.js";
import type { Section } from "../section.js";
import {
  accuracyGap,
  seriesPoint,
  testAccuracy,
  testLoss,
  validationLoss,
  type TrialMeasure,
} from "../series.js";

const PANELS: readonly { readonly title: string; readonly measure: TrialMeasure }[] = [
  { title: "Test accuracy, %", measure: testAccuracy },
  { title: "Test loss", measure: testLoss },
  { title: "Validation loss", measure: validationLoss },
  { title: accuracyMeasure.gapTitle, measure: accuracyGap },
];

const EQUAL = {
  epochs: "Every size is trained for the same number of epochs, so smaller sets get fewer updates.",
  updates:
    "Every size is trained for about the same number of updates, so smaller sets get more epochs.",
};

function sizeLines({ arms }: StudyResult, { read }: TrialMeasure): readonly BandLine[] {
  const names = [...new Set(arms.map(({ arm }) => arm))];
  return names.map((name, index) => ({
    name,
    ...armStyle(index),
    points: arms
      .filter(({ arm }) => arm === name)
      .flatMap((arm) => seriesPoint(arm, arm.trainRows, read) ?? []),
  }));
}

/** None for a study of one size. */
export function sizesSection(result: StudyResult): Section | undefined {
  const { sizes } = result;
  if (sizes === undefined) return undefined;
  const axis: BandAxis = { label: "training rows", scale: "log", values: sizes.rows, print: count };
  const charts = PANELS.flatMap(({ title, measure }) => {
    const lines = sizeLines(result, measure);
    const known = lines.some(({ points }) => points.length > 0);
    return known ? [bandChart({ title, axis, lines, print: measure.print })] : [];
  });
  return {
    id: "sizes",
    title: "More training rows",
    body: html`<p class="key">
        Each size holds the smaller ones. ${EQUAL[sizes.equal]} Lines are means, bands reach from
        the lowest to the highest seed; the axis of rows is logarithmic.
      </p>
      <div class="charts">${charts}</div>`,
  };
}
