/** @file The differences behind the verdicts: each seed a dot, with the mean and its interval. */
import * as Plot from "@observablehq/plot";
import { inUnit, signed, type Metric } from "../../stats/index.js";
import type { Comparison, StudyResult } from "../../study/index.js";
import { differenceTexts, typographic } from "../differences.js";
import { NO_NUMBER } from "../format.js";
import type { Markup } from "../markup.js";
import { armLabel, metricNamed, seedDifferences, type SeedDifference } from "../metrics.js";
import { dataTable } from "../tables.js";
import { draw, figure } from "./draw.js";
import { shorten } from "./labels.js";
import { armStyle } from "./palette.js";

const ROW_HEIGHT = 66;
const LONGEST_NAME = 16;
/** Keeps text legible where it crosses lines. */
const halo = { stroke: "var(--paper)", strokeWidth: 5 };

interface Row {
  readonly label: string;
  readonly comparison: Comparison;
  readonly color: string;
  readonly seeds: readonly SeedDifference[];
}

/** Grows from its place towards the middle, so that it stays clear of names and edges. */
function textSide(x: number, [low, high]: readonly [number, number]): "start" | "middle" | "end" {
  const place = (x - low) / (high - low);
  return place < 0.35 ? "start" : place > 0.65 ? "end" : "middle";
}

function rowMarks(
  { comparison, color, seeds }: Row,
  position: number,
  { metric: { unit }, domain }: { metric: Metric; domain: readonly [number, number] },
): readonly Plot.Markish[] {
  const [low, high] = comparison.interval.map((end) => inUnit(end ?? NaN, unit));
  const mean = inUnit(comparison.difference ?? NaN, unit);
  const dots = seeds.map(({ seed, difference }) => ({ seed, x: inUnit(difference, unit) }));
  const known = Number.isFinite(mean) ? [position] : [];
  const { difference, interval } = differenceTexts(comparison);
  const text = typographic(interval === undefined ? difference : `${difference} (${interval})`);
  const side = textSide(mean, domain);
  return [
    Plot.link(Number.isFinite(low) ? [position] : [], {
      x1: () => low,
      x2: () => high,
      y: Number,
      stroke: color,
      strokeWidth: 3,
    }),
    Plot.dot(known, { x: () => mean, y: Number, r: 5.5, symbol: "diamond", fill: color }),
    Plot.dot(dots, {
      x: "x",
      y: () => position,
      dy: 15,
      r: 3.5,
      stroke: color,
      fill: color,
      fillOpacity: 0.25,
      title: ({ seed }: { seed: number }) => `seed ${seed}`,
    }),
    Plot.text(known, {
      x: () => mean,
      y: Number,
      dy: -16,
      dx: { start: 4, middle: 0, end: -4 }[side],
      textAnchor: side,
      text: () => text,
      fill: color,
      ...halo,
    }),
  ];
}

/** The horizontal scale: all dots, all intervals and 0, with room at both ends. */
function horizontalDomain(rows: readonly Row[], { unit }: Metric): [number, number] {
  const values = rows
    .flatMap(({ comparison, seeds }) => [
      ...comparison.interval.map((end) => end ?? NaN),
      ...seeds.map(({ difference }) => difference),
    ])
    .map((value) => inUnit(value, unit))
    .filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = (high - low || 1) * 0.16;
  return [low - room, high + room];
}

function differencesSvg(rows: readonly Row[], metric: Metric): Markup {
  const names = rows.map(({ label }) => shorten(label, LONGEST_NAME));
  const several = rows.length > 1;
  const { arm, baseline } = rows[0].comparison;
  const sides = several ? ["baseline", "arm"] : [baseline, arm].map((name) => shorten(name, 20));
  if (metric.better === "lower") sides.reverse();
  const domain = horizontalDomain(rows, metric);
  return draw({
    height: 64 + ROW_HEIGHT * rows.length,
    marginTop: 10,
    marginBottom: 42,
    marginLeft: several ? 128 : 14,
    marginRight: 14,
    x: {
      domain,
      // Up to 1.6 times as many are drawn; their numbers have as many digits as "−0.005".
      ticks: several ? 3 : 4,
      grid: true,
      label: `← ${sides[0]} better  ·  ${sides[1]} better →`,
      labelArrow: "none",
      labelAnchor: "center",
    },
    y: { domain: [rows.length - 0.35, -0.55], axis: null },
    marks: [
      Plot.ruleX([0], { stroke: "var(--ink-soft)" }),
      ...rows.flatMap((row, position) => rowMarks(row, position, { metric, domain })),
      Plot.text(several ? names : [], {
        y: (_, position: number) => position,
        text: (name: string) => name,
        frameAnchor: "left",
        textAnchor: "end",
        dx: -8,
      }),
    ],
  });
}

function differenceNumbers(rows: readonly Row[], { unit }: Metric): Markup {
  const seeds = [...new Set(rows.flatMap((row) => row.seeds.map(({ seed }) => seed)))];
  const cell = (row: Row, wanted: number): string => {
    const found = row.seeds.find(({ seed }) => seed === wanted);
    if (found === undefined) return NO_NUMBER;
    return signed(inUnit(found.difference, unit), unit === "share" ? 2 : 4);
  };
  return dataTable({
    caption: "Arm minus baseline, seed by seed",
    head: ["Seed", ...rows.map(({ comparison: { arm, baseline } }) => `${arm} − ${baseline}`)],
    rows: seeds
      .sort((a, b) => a - b)
      .map((seed) => [String(seed), ...rows.map((row) => cell(row, seed))]),
  });
}

/** One chart a metric, one row an arm; nothing for a metric that is not known here. */
export function pairedDifferences(
  result: StudyResult,
  comparisons: readonly Comparison[],
): readonly Markup[] {
  const metric = metricNamed(comparisons[0].metric);
  if (metric === undefined) return [];
  const rows = comparisons.map((comparison): Row => {
    const index = result.arms.findIndex(({ name }) => name === comparison.arm);
    const label = index < 0 ? comparison.arm : armLabel(result.arms[index]);
    const { color } = armStyle(index);
    return { comparison, label, color, seeds: seedDifferences(result, comparison) };
  });
  const unit = metric.unit === "share" ? ", percentage points" : "";
  return [
    figure({
      title: `Difference in ${metric.name}${unit}`,
      description: comparisons.map(({ sentence }) => sentence).join(" "),
      chart: differencesSvg(rows, metric),
      numbers: differenceNumbers(rows, metric),
    }),
  ];
}
