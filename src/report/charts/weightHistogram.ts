/** @file An arm's final weights as a histogram with logarithmic counts; exact zeros by themselves. */
import * as Plot from "@observablehq/plot";
import type { ArmResult } from "../../study/index.js";
import { count, percent, plainNumber } from "../format.js";
import type { Markup } from "../markup.js";
import { baselineOf } from "../metrics.js";
import {
  poolHistogram,
  weightsOf,
  type PooledHistogram,
  type WeightBin,
} from "../pooledWeights.js";
import { dataTable } from "../tables.js";
import { draw, figure } from "./draw.js";
import { armStyle } from "./palette.js";

const HEIGHT = 220;
const MOST_TICKS = 4;

/** What all arms' histograms share, so that they can be compared by eye. */
export interface HistogramPanels {
  readonly arms: readonly ArmResult[];
  readonly reach: number;
  /** Largest size of a weight that a bin holds. */
  readonly extent: number;
  /** Fewest and most weights of a bin. */
  readonly counts: readonly [number, number];
}

export function shareHistograms(arms: readonly ArmResult[], reach: number): HistogramPanels {
  const pooled = arms
    .filter((arm) => weightsOf(arm).length > 0)
    .map((arm) => poolHistogram(arm, reach));
  const bins = pooled.flatMap((one) => one.bins).filter((bin) => bin.count > 0);
  const heights = [...bins.map((bin) => bin.count), ...pooled.map((one) => one.exactZeros)];
  const positive = heights.filter((height) => height > 0);
  return {
    arms,
    reach,
    extent: Math.max(...bins.map(({ from, to }) => Math.max(-from, to)), 2 * Number.EPSILON),
    counts: [Math.min(1, ...positive), Math.max(2, ...positive)],
  };
}

/** A mean of counts: whole, unless it is small. */
const countText = (value: number): string =>
  value < 10 ? plainNumber(value) : count(Math.round(value));

function outline(bins: readonly WeightBin[], floor: number): readonly { x: number; y: number }[] {
  return bins.flatMap(({ from, to, count: height }) => {
    const y = Math.max(height, floor);
    return [
      { x: from, y },
      { x: to, y },
    ];
  });
}

/** Powers of 10; of many every second, third, ... */
function decades([low, high]: readonly [number, number]): number[] {
  const [first, last] = [Math.ceil(Math.log10(low)), Math.floor(Math.log10(high))];
  const step = Math.ceil((last - first + 1) / MOST_TICKS);
  const powers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return powers.filter((power) => power % step === 0).map((power) => 10 ** power);
}

function histogramSvg(arm: ArmResult, panels: HistogramPanels): Markup {
  const { arms, reach, extent, counts } = panels;
  const { color } = armStyle(arms.indexOf(arm));
  const { bins, exactZeros } = poolHistogram(arm, reach);
  // An empty bin has no logarithm: the axis begins below the smallest count.
  const floor = counts[0] / 1.6;
  const within = (some: readonly WeightBin[]): readonly WeightBin[] =>
    some.filter(({ from, to }) => to > -extent && from < extent);
  const baseline = baselineOf(arm, arms);
  const ghost =
    arm === baseline || weightsOf(baseline).length === 0 ? [] : poolHistogram(baseline, reach).bins;
  const zeros = exactZeros > 0 ? [exactZeros] : [];
  return draw({
    height: HEIGHT,
    marginTop: 22,
    marginLeft: 52,
    marginRight: 14,
    x: {
      domain: [-extent, extent],
      ticks: 5,
      label: "weight",
      labelArrow: "none",
      labelAnchor: "center",
    },
    y: {
      type: "log",
      domain: [floor, counts[1] * 1.3],
      ticks: decades([floor, counts[1]]),
      tickFormat: "~s",
      grid: true,
      label: null,
    },
    marks: [
      Plot.rectY(
        within(bins).filter((bin) => bin.count > 0),
        { x1: "from", x2: "to", y1: floor, y2: "count", fill: color, fillOpacity: 0.55, inset: 0 },
      ),
      Plot.line(outline(within(ghost), floor), {
        x: "x",
        y: "y",
        stroke: "var(--ink-soft)",
        strokeWidth: 1,
      }),
      Plot.link(zeros, {
        x1: 0,
        x2: 0,
        y1: floor,
        y2: Number,
        stroke: "var(--ink)",
        strokeWidth: 2,
      }),
      Plot.dot(zeros, { x: 0, y: Number, r: 4, fill: "var(--ink)" }),
      Plot.text(zeros, {
        x: 0,
        y: Number,
        text: (value: number) => `exactly 0: ${countText(value)}`,
        textAnchor: "start",
        dx: 9,
        fill: "var(--ink)",
        stroke: "var(--paper)",
        strokeWidth: 5,
      }),
    ],
  });
}

const binTable = (arm: ArmResult, { bins, exactZeros }: PooledHistogram): Markup =>
  dataTable({
    caption: `${arm.name}: weights in each bin, mean over seeds; exact zeros: ${countText(exactZeros)}`,
    head: ["From", "To", "Weights, without exact zeros"],
    rows: bins
      .filter((bin) => bin.count > 0)
      .map((bin) => [plainNumber(bin.from), plainNumber(bin.to), countText(bin.count)]),
  });

/** One panel; the first arm's outline is grey behind the others. */
export function weightHistogram(arm: ArmResult, panels: HistogramPanels): Markup {
  const pooled = poolHistogram(arm, panels.reach);
  const total = pooled.bins.reduce((sum, bin) => sum + bin.count, pooled.exactZeros);
  const tallest = pooled.bins.reduce((a, b) => (b.count > a.count ? b : a));
  return figure({
    title: arm.name,
    description:
      `Histogram of the ${count(Math.round(total))} final weights of ${arm.name}, counts on a logarithmic axis. ` +
      `Exactly 0: ${percent(pooled.exactZeros / total)} %. The fullest bin reaches from ` +
      `${plainNumber(tallest.from)} to ${plainNumber(tallest.to)}.`,
    chart: histogramSvg(arm, panels),
    numbers: binTable(arm, pooled),
  });
}
