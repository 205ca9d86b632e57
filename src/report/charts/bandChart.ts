/** @file Lines with bands over seeds against a number: a strength, or a size. */
import * as Plot from "@observablehq/plot";
import { plainNumber } from "../format.js";
import type { Markup } from "../markup.js";
import type { SeriesPoint } from "../series.js";
import { dataTable } from "../tables.js";
import { draw, endLabels, figure } from "./draw.js";
import { shorten } from "./labels.js";
import type { ArmStyle } from "./palette.js";

const HEIGHT = 270;
const MARGINS = { marginTop: 26, marginRight: 104, marginBottom: 42, marginLeft: 50 };
const INNER_HEIGHT = HEIGHT - MARGINS.marginTop - MARGINS.marginBottom;
const LONGEST_LABEL = 14;
const MOST_TICKS = 5;

export interface BandLine extends ArmStyle {
  readonly name: string;
  readonly points: readonly SeriesPoint[];
}

export interface BandAxis {
  readonly label: string;
  readonly scale: "log" | "linear";
  readonly values: readonly number[];
  readonly print: (value: number) => string;
}

/** A value of the axis with a word above it. */
export interface Choice {
  readonly x: number;
  readonly text: string;
}

export interface BandChart {
  readonly title: string;
  readonly axis: BandAxis;
  readonly lines: readonly BandLine[];
  readonly print: (value: number) => string;
  readonly choices?: readonly Choice[];
  /** The axis of values reaches at least so far: less is shown as the little that it is. */
  readonly least?: number;
  /** Level lines, such as the first arm's value. */
  readonly levels?: readonly { readonly y: number; readonly text: string }[];
}

/** The values themselves; of many every second, third, ... */
function ticksOf({ values }: BandAxis): number[] {
  const step = Math.ceil(values.length / MOST_TICKS);
  return values.filter((_, index) => index % step === 0);
}

function valueDomain({
  lines,
  levels = [],
  least = -Infinity,
}: BandChart): readonly [number, number] {
  const values = [
    ...lines.flatMap(({ points }) => points.flatMap(({ low, high }) => [low, high])),
    ...levels.map(({ y }) => y),
  ];
  const [low, high] = [Math.min(...values), Math.max(least, ...values)];
  const room = (high - low || Math.abs(high) || 1) * 0.06;
  return [low >= 0 ? Math.max(0, low - room) : low - room, high + room];
}

function lineMarks({ color, dash, points }: BandLine): readonly Plot.Markish[] {
  return [
    Plot.areaY(points, { x: "x", y1: "low", y2: "high", fill: color, fillOpacity: 0.14 }),
    Plot.line(points, { x: "x", y: "mean", stroke: color, strokeDasharray: dash, strokeWidth: 2 }),
    Plot.dot(points, { x: "x", y: "mean", r: 2.5, fill: color }),
  ];
}

function choiceMarks(choices: readonly Choice[]): readonly Plot.Markish[] {
  const leftmost = Math.min(...choices.map(({ x }) => x));
  return choices.flatMap((choice) => {
    const place = { x: "x", stroke: "var(--ink-soft)" };
    const anchor =
      choices.length === 1 ? "middle" : choice.x === leftmost ? "end" : ("start" as const);
    return [
      Plot.ruleX([choice], { ...place, strokeDasharray: "4 3" }),
      Plot.text([choice], {
        x: "x",
        text: "text",
        frameAnchor: "top",
        textAnchor: anchor,
        dx: anchor === "end" ? 10 : anchor === "start" ? -10 : 0,
        dy: -18,
        fill: "var(--ink-soft)",
      }),
    ];
  });
}

function bandSvg(chart: BandChart): Markup {
  const { axis, lines, choices = [], levels = [] } = chart;
  const domain = valueDomain(chart);
  const [first, last] = [Math.min(...axis.values), Math.max(...axis.values)];
  const labels = [
    ...lines.map(({ name, points, color }) => ({
      text: name,
      y: points.at(-1)?.mean ?? NaN,
      color,
    })),
    ...levels.map(({ y, text }) => ({ text, y, color: "var(--ink-soft)" })),
  ].map((label) => ({ ...label, text: shorten(label.text, LONGEST_LABEL) }));
  return draw({
    height: HEIGHT,
    ...MARGINS,
    x: {
      type: axis.scale,
      domain: [first, last],
      // A logarithmic axis hides the labels of most values that are no power of 10: see below.
      axis: null,
    },
    y: { domain: [...domain], grid: true, label: null, ticks: 5 },
    marks: [
      Plot.axisX(ticksOf(axis), {
        text: axis.print,
        label: axis.label,
        labelArrow: "none",
        labelAnchor: "center",
      }),
      Plot.ruleY(levels, { y: "y", stroke: "var(--ink-soft)", strokeDasharray: "1 3" }),
      ...choiceMarks(choices),
      ...lines.flatMap(lineMarks),
      endLabels(labels, { x: last, domain, height: INNER_HEIGHT }),
    ],
  });
}

function bandNumbers({ title, axis, lines, print }: BandChart): Markup {
  const cells = ({ points }: BandLine, x: number): readonly string[] => {
    const point = points.find((one) => one.x === x);
    return point
      ? [print(point.mean), `${print(point.low)} to ${print(point.high)}`]
      : [print(NaN), print(NaN)];
  };
  return dataTable({
    caption: `${title}: mean over seeds, and lowest to highest`,
    head: [axis.label, ...lines.flatMap(({ name }) => [name, "lowest to highest"])],
    rows: axis.values.map((x) => [axis.print(x), ...lines.flatMap((line) => cells(line, x))]),
  });
}

function describe({ title, axis, lines, print, choices = [] }: BandChart): string {
  const ends = lines.map(({ name, points }) => {
    const [first, last] = [points[0], points[points.length - 1]];
    return `${name} goes from ${print(first.mean)} at ${axis.print(first.x)} to ${print(last.mean)} at ${axis.print(last.x)}`;
  });
  const marked = choices.map(({ x, text }) => ` Marked as ${text}: ${axis.print(x)}.`).join("");
  return `${title} against ${axis.label}, mean over seeds: ${ends.join("; ")}.${marked}`;
}

/** "1e-4" rather than "0.0001" where it is shorter. */
export function axisNumber(value: number): string {
  const plain = plainNumber(value);
  const power = Number(plain).toExponential().replace("e+", "e");
  return power.length < plain.length ? power : plain;
}

/** Lines without a point are left out. */
export function bandChart(chart: BandChart): Markup {
  const shown = { ...chart, lines: chart.lines.filter(({ points }) => points.length > 0) };
  return figure({
    title: chart.title,
    description: describe(shown),
    chart: bandSvg(shown),
    numbers: bandNumbers(shown),
  });
}
