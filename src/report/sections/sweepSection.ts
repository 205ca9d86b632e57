/** @file Sweeps: what a strength does to losses, accuracies, gap, norm and zeros, and which one is chosen. */
import type { ArmResult, StudyResult, SweepResult } from "../../study/index.js";
import {
  axisNumber,
  bandChart,
  type BandAxis,
  type BandLine,
  type Choice,
} from "../charts/index.js";
import { EMPTY, html, type Markup } from "../markup.js";
import { accuracyMeasure, lossMeasure } from "../measures.js";
import { bySize, rowsOf, type Section } from "../section.js";
import {
  accuracyGap,
  lossGap,
  seriesPoint,
  testAccuracy,
  testLoss,
  validationAccuracy,
  validationLoss,
  weightNorm,
  zeroShare,
  type TrialMeasure,
} from "../series.js";
import { sweepArms } from "../sweeps.js";
import { scrollBox } from "../tables.js";

interface Panel {
  readonly title: string;
  readonly measures: readonly TrialMeasure[];
  /** How far its axis reaches at least. */
  readonly least?: number;
}

const PANELS: readonly Panel[] = [
  { title: "Loss", measures: [validationLoss, testLoss] },
  { title: "Accuracy, %", measures: [validationAccuracy, testAccuracy] },
  { title: lossMeasure.gapTitle, measures: [lossGap] },
  { title: accuracyMeasure.gapTitle, measures: [accuracyGap] },
  { title: "Norm of the weights", measures: [weightNorm] },
  { title: "Exact zeros among live weights, %", measures: [zeroShare], least: 1 },
];

const STYLES = [
  { color: "var(--arm-1)", dash: "none" },
  { color: "var(--arm-2)", dash: "7 3" },
];

function axisOf({ points, parameter, scale, technique }: SweepResult): BandAxis {
  const values = points.map(({ value }) => value).sort((a, b) => a - b);
  return { label: `${technique}: ${parameter}`, scale, values, print: axisNumber };
}

/** What validation chose; one mark where both rules agree. */
function choicesOf({ points, best, oneStandardError }: SweepResult): readonly Choice[] {
  if (best === null) return [];
  const lowest = points[best].value;
  if (oneStandardError === null) return [{ x: lowest, text: "best" }];
  const strongest = points[oneStandardError].value;
  if (strongest === lowest) return [{ x: lowest, text: "best, 1 SE" }];
  return [
    { x: lowest, text: "best" },
    { x: strongest, text: "1 SE" },
  ];
}

function levelsOf(
  sweep: SweepResult,
  { arms }: StudyResult,
  { measures }: Panel,
): readonly { y: number; text: string }[] {
  const first = arms.find(({ trainRows }) => trainRows === sweep.trainRows);
  const inSweep = sweep.points.some(({ arm }) => arm === first?.arm);
  const [measure] = measures;
  const point = first && !inSweep ? seriesPoint(first, 0, measure.read) : undefined;
  const limit = oneErrorLimit(sweep, arms);
  return [
    ...(first && point ? [{ y: point.mean, text: first.arm }] : []),
    ...(measure === validationLoss && limit !== undefined
      ? [{ y: limit, text: "best + 1 SE" }]
      : []),
  ];
}

/** Validation losses up to this are within one standard error of the best. */
function oneErrorLimit(sweep: SweepResult, arms: readonly ArmResult[]): number | undefined {
  if (sweep.best === null || sweep.oneStandardError === null) return undefined;
  const best = sweepArms(sweep, arms)[sweep.best].arm;
  const point = best && seriesPoint(best, 0, validationLoss.read);
  return point && point.mean + point.standardError;
}

function panelChart(sweep: SweepResult, result: StudyResult, panel: Panel): Markup {
  const found = sweepArms(sweep, result.arms);
  const lines = panel.measures.map(({ name, read }, index): BandLine => ({
    name,
    ...STYLES[index],
    points: found
      .flatMap(({ value, arm }) => (arm && seriesPoint(arm, value, read)) ?? [])
      .sort((a, b) => a.x - b.x),
  }));
  if (lines.every(({ points }) => points.length === 0)) return EMPTY;
  return bandChart({
    title: panel.title,
    axis: axisOf(sweep),
    lines,
    print: panel.measures[0].print,
    choices: choicesOf(sweep),
    ...(panel.least !== undefined && { least: panel.least }),
    levels: levelsOf(sweep, result, panel),
  });
}

/** The chosen arm's validation loss, by which it was chosen, beside what the test set says of it. */
function choiceRow(sweep: SweepResult, { arms }: StudyResult, rule: string, index: number): Markup {
  const { arm } = sweepArms(sweep, arms)[index];
  const cell = ({ read, print }: TrialMeasure): Markup => {
    const point = arm && seriesPoint(arm, 0, read);
    return html`<td>${print(point?.mean ?? NaN)}</td>`;
  };
  return html`<tr>
    <th scope="row">${rule}</th>
    <td>${sweep.points[index].arm}</td>
    ${[validationLoss, validationAccuracy, testLoss, testAccuracy].map(cell)}
  </tr>`;
}

function choiceTable(sweep: SweepResult, result: StudyResult): Markup {
  const { best, oneStandardError } = sweep;
  if (best === null) return html`<p>Trials are missing: nothing is chosen.</p>`;
  return scrollBox(
    `Chosen from ${sweep.name}`,
    html`<table>
      <caption>
        Chosen by validation loss alone; the test set only judges
      </caption>
      <thead>
        <tr>
          <th scope="col">Rule</th>
          <th scope="col">Arm</th>
          <th scope="col">validation loss</th>
          <th scope="col">validation accuracy, %</th>
          <th scope="col">test loss</th>
          <th scope="col">test accuracy, %</th>
        </tr>
      </thead>
      <tbody>
        ${choiceRow(sweep, result, "lowest", best)}
        ${
          oneStandardError === null
            ? EMPTY
            : choiceRow(sweep, result, "one standard error", oneStandardError)
        }
      </tbody>
    </table>`,
  );
}

const sweepBlock = (sweep: SweepResult, result: StudyResult): Markup =>
  html`<h3>${sweep.name}</h3>
    ${choiceTable(sweep, result)}
    <div class="charts">${PANELS.map((panel) => panelChart(sweep, result, panel))}</div>`;

/** None for a study without a sweep. */
export function sweepSection(result: StudyResult): Section | undefined {
  if (result.sweeps.length === 0) return undefined;
  return {
    id: "sweeps",
    title: "Sweeps",
    body: html`<p class="key">
        Lines are means, bands reach from the lowest to the highest seed. Upright: the value of the
        lowest mean validation loss (best), and the strongest whose loss is within one standard
        error of it (1&nbsp;SE): the noise cannot tell them apart, and the stronger one is the
        simpler model. Dotted: the first arm, by its validation rows where there are two lines.
      </p>
      ${bySize(
        result.sweeps,
        (sweeps) => html`${sweeps.map((sweep) => sweepBlock(sweep, result))}`,
        { sizes: result.sizes, rowsOf },
      )}`,
  };
}
