/** @file Whether an arm is as often right as it is sure: accuracy against confidence. */
import * as Plot from "@observablehq/plot";
import type { ReliabilityBin } from "../../analysis/index.js";
import type { ArmResult } from "../../study/index.js";
import { count, percent } from "../format.js";
import type { Markup } from "../markup.js";
import { poolReliability } from "../pooledPredictions.js";
import { dataTable } from "../tables.js";
import { draw, figure } from "./draw.js";
import { armStyle } from "./palette.js";

const axis = (label: string | null): Plot.ScaleOptions => ({
  domain: [0, 100],
  ticks: 5,
  grid: true,
  label,
  labelArrow: "none",
  labelAnchor: "center",
});

function reliabilitySvg(bins: readonly ReliabilityBin[], color: string): Markup {
  const most = Math.max(...bins.map(({ rows }) => rows));
  const place = {
    x: ({ confidence }: ReliabilityBin) => 100 * confidence,
    y: ({ accuracy }: ReliabilityBin) => 100 * accuracy,
  };
  return draw({
    height: 270,
    marginTop: 12,
    marginLeft: 42,
    marginRight: 16,
    x: axis("confidence, %"),
    y: axis(null),
    // Radii are given in pixels: the area of a dot is its share of the rows.
    r: { type: "identity" },
    marks: [
      Plot.line(
        [
          [0, 0],
          [100, 100],
        ],
        { stroke: "var(--ink-soft)", strokeDasharray: "1 3" },
      ),
      Plot.link(bins, {
        x1: place.x,
        x2: place.x,
        y1: place.x,
        y2: place.y,
        stroke: color,
        strokeOpacity: 0.5,
      }),
      Plot.dot(bins, {
        ...place,
        r: ({ rows }: ReliabilityBin) => Math.max(2, 10 * Math.sqrt(rows / most)),
        fill: color,
        fillOpacity: 0.55,
        stroke: color,
      }),
    ],
  });
}

const reliabilityNumbers = (arm: ArmResult, bins: readonly ReliabilityBin[]): Markup =>
  dataTable({
    caption: `${arm.name}: test rows by the probability of the predicted class, all seeds together`,
    head: ["Bin, %", "Predictions", "Confidence, %", "Accuracy, %", "Accuracy − confidence"],
    rows: bins.map(({ from, to, rows, confidence, accuracy }) => [
      `${(100 * from).toFixed(1)} to ${(100 * to).toFixed(1)}`,
      count(rows),
      percent(confidence),
      percent(accuracy),
      percent(accuracy - confidence),
    ]),
  });

/** One panel; below the diagonal the arm is surer than it is right. */
export function reliabilityDiagram(arm: ArmResult, position: number): Markup {
  const bins = poolReliability(arm);
  const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
  const average = (read: (bin: ReliabilityBin) => number): string =>
    percent(bins.reduce((sum, bin) => sum + bin.rows * read(bin), 0) / rows);
  return figure({
    title: arm.name,
    description:
      `Reliability diagram of ${arm.name}, ${count(rows)} predictions of all seeds in ${bins.length} bins: mean ` +
      `confidence ${average((bin) => bin.confidence)} %, accuracy ${average((bin) => bin.accuracy)} %.`,
    chart: reliabilitySvg(bins, armStyle(position).color),
    numbers: reliabilityNumbers(arm, bins),
  });
}
