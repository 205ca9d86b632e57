/** @file Test error against time: which arms are worth what they cost. */
import * as Plot from "@observablehq/plot";
import { duration, percent } from "../format.js";
import type { ArmCost } from "../costs.js";
import type { Markup } from "../markup.js";
import { dataTable } from "../tables.js";
import { draw, figure, labelMark, placeLabels } from "./draw.js";
import { shorten } from "./labels.js";
import { armStyle } from "./palette.js";

interface Dot {
  readonly name: string;
  readonly label: string;
  readonly seconds: number;
  readonly error: number;
  readonly color: string;
}

const scaleFrom0 = (values: readonly number[]): [number, number] => [0, 1.12 * Math.max(...values)];

const HEIGHT = 270;
const MARGINS = { marginTop: 12, marginRight: 124, marginBottom: 42, marginLeft: 46 };
const INNER_HEIGHT = HEIGHT - MARGINS.marginTop - MARGINS.marginBottom;
const LONGEST_LABEL = 16;

/** Names stand at the right edge, where they can be moved apart; a thin line leads to each dot. */
function costSvg(dots: readonly Dot[]): Markup {
  const seconds = scaleFrom0(dots.map((dot) => dot.seconds));
  const errors = scaleFrom0(dots.map((dot) => dot.error));
  const place = { x: seconds[1], domain: errors, height: INNER_HEIGHT };
  const labels = placeLabels(
    dots.map(({ label, error, color }, index) => ({
      text: shorten(label, LONGEST_LABEL),
      y: error,
      color,
      index,
    })),
    place,
  );
  return draw({
    height: HEIGHT,
    ...MARGINS,
    x: {
      domain: seconds,
      ticks: 5,
      label: "seconds a trial",
      labelArrow: "none",
      labelAnchor: "center",
    },
    y: { domain: errors, grid: true, label: null, ticks: 5 },
    marks: [
      Plot.link(labels, {
        x1: ({ index }: { index: number }) => dots[index].seconds,
        x2: () => seconds[1],
        y1: ({ index }: { index: number }) => dots[index].error,
        y2: "y",
        stroke: "color",
        strokeOpacity: 0.45,
      }),
      Plot.dot(dots, { x: "seconds", y: "error", r: 5, fill: "color" }),
      labelMark(labels, place.x),
    ],
    color: { type: "identity" },
  });
}

/** A dot an arm; low and to the left is cheap and good. */
export function costChart(costs: readonly ArmCost[]): Markup {
  const dots = costs
    .map(({ name, label, trial, testError }, index) => ({
      name,
      label,
      seconds: trial.mean,
      error: 100 * testError,
      color: armStyle(index).color,
    }))
    .filter(({ seconds, error }) => Number.isFinite(seconds) && Number.isFinite(error));
  const words = dots.map(
    ({ name, seconds, error }) => `${name} ${percent(error / 100)} % in ${duration(seconds)}`,
  );
  return figure({
    title: "Test error, %, against time",
    description: `Test error against the time of a trial, means over seeds: ${words.join("; ")}.`,
    chart: costSvg(dots),
    numbers: dataTable({
      caption: "Test error and time of a trial, means over seeds",
      head: ["Arm", "Test error, %", "Time of a trial"],
      rows: dots.map(({ name, seconds, error }) => [name, percent(error / 100), duration(seconds)]),
    }),
  });
}
