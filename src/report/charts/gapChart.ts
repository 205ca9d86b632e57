/** @file The generalization gap of every arm, epoch by epoch. */
import * as Plot from "@observablehq/plot";
import type { StudyResult } from "../../study/index.js";
import { armCurve, type CurvePoint } from "../curves.js";
import type { Markup } from "../markup.js";
import type { Measure } from "../measures.js";
import { armLabel } from "../metrics.js";
import { generalizationGap } from "../summary.js";
import { dataTable } from "../tables.js";
import { draw, endLabels, epochScale, figure } from "./draw.js";
import { shorten } from "./labels.js";
import { armStyle, type ArmStyle } from "./palette.js";

const LEAST_HEIGHT = 270;
/** Room for one label. */
const LABEL_HEIGHT = 15;
const MARGINS = { marginTop: 10, marginRight: 124, marginBottom: 42, marginLeft: 42 };
const MARGIN = MARGINS.marginTop + MARGINS.marginBottom;
const LONGEST_LABEL = 16;

interface GapLine extends ArmStyle {
  readonly name: string;
  readonly label: string;
  readonly points: readonly CurvePoint[];
}

function gapLines({ arms }: StudyResult, { read }: Measure): readonly GapLine[] {
  return arms
    .map((arm, index) => ({
      name: arm.name,
      label: armLabel(arm),
      ...armStyle(index),
      points: armCurve(arm, (epoch) => read(generalizationGap(epoch))),
    }))
    .filter(({ points }) => points.length > 0);
}

function lineMarks({ color, dash, points }: GapLine): readonly Plot.Markish[] {
  const place = { x: "epoch", y: "mean", strokeWidth: 2 };
  return [
    Plot.areaY(points, { x: "epoch", y1: "low", y2: "high", fill: color, fillOpacity: 0.13 }),
    points.length === 1
      ? Plot.dot(points, { ...place, fill: color })
      : Plot.line(points, { ...place, stroke: color, strokeDasharray: dash }),
  ];
}

function gapChartSvg(lines: readonly GapLine[]): Markup {
  const all = lines.flatMap(({ points }) => points);
  const epochs = Math.max(1, ...all.map(({ epoch }) => epoch));
  const low = Math.min(0, ...all.map((point) => point.low));
  const high = Math.max(low + 1e-9, ...all.map((point) => point.high));
  const domain = [low, high] as const;
  const height = Math.max(LEAST_HEIGHT, MARGIN + LABEL_HEIGHT * lines.length);
  const labels = lines.map(({ label, points, color }) => ({
    text: shorten(label, LONGEST_LABEL),
    y: points[points.length - 1].mean,
    color,
  }));
  return draw({
    height,
    ...MARGINS,
    x: epochScale(epochs),
    y: { domain: [...domain], grid: true, label: null, ticks: 5 },
    marks: [
      Plot.ruleY([0], { stroke: "var(--ink-soft)" }),
      ...lines.flatMap(lineMarks),
      endLabels(labels, { x: epochs, domain, height: height - MARGIN }),
    ],
  });
}

function gapNumbers(lines: readonly GapLine[], { print, gapTitle }: Measure): Markup {
  const epochs = [...new Set(lines.flatMap(({ points }) => points.map(({ epoch }) => epoch)))];
  const cell = ({ points }: GapLine, wanted: number): string =>
    print(points.find(({ epoch }) => epoch === wanted)?.mean ?? NaN);
  return dataTable({
    caption: `${gapTitle}: mean over seeds`,
    head: ["Epoch", ...lines.map(({ name }) => name)],
    rows: epochs
      .sort((a, b) => a - b)
      .map((epoch) => [String(epoch), ...lines.map((line) => cell(line, epoch))]),
  });
}

/** All arms in one chart, for one measure. */
export function gapChart(result: StudyResult, measure: Measure): Markup {
  const lines = gapLines(result, measure);
  const ends = lines.map(({ name, points }) => {
    const [first, last] = [points[0], points[points.length - 1]];
    return `${name} goes from ${measure.print(first.mean)} to ${measure.print(last.mean)}`;
  });
  return figure({
    title: measure.gapTitle,
    description: `${measure.gapTitle}, mean over seeds by epoch: ${ends.join("; ")}.`,
    chart: gapChartSvg(lines),
    numbers: gapNumbers(lines, measure),
  });
}
