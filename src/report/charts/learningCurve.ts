/** @file One arm's learning curves, with bands over seeds and the onset of overfitting. */
import * as Plot from "@observablehq/plot";
import { median } from "../../stats/index.js";
import { isFinished, type ArmResult, type EpochResult } from "../../study/index.js";
import { armCurve, type CurvePoint } from "../curves.js";
import { list, plural } from "../format.js";
import type { Markup } from "../markup.js";
import type { Measure } from "../measures.js";
import { armLabel, baselineOf, finishedTrials } from "../metrics.js";
import { dataTable } from "../tables.js";
import { draw, endLabels, epochScale, figure } from "./draw.js";
import { shorten, type EndLabel } from "./labels.js";
import { armStyle } from "./palette.js";

const HEIGHT = 250;
const MARGINS = { marginTop: 24, marginRight: 86, marginBottom: 42, marginLeft: 42 };
const INNER_HEIGHT = HEIGHT - MARGINS.marginTop - MARGINS.marginBottom;

/** What all panels of one measure share, so that they can be compared by eye. */
export interface Panels {
  readonly measure: Measure;
  readonly arms: readonly ArmResult[];
  readonly domain: readonly [number, number];
  readonly epochs: number;
}

const validationOf =
  ({ read }: Measure) =>
  (epoch: EpochResult) =>
    read(epoch.validation);
const cleanOf =
  ({ read }: Measure) =>
  (epoch: EpochResult) =>
    read(epoch.clean);

/** The scales that hold every finished trial of every arm. */
export function sharePanels(arms: readonly ArmResult[], measure: Measure): Panels {
  const reads = [validationOf(measure), cleanOf(measure)];
  const points = arms.flatMap((arm) => reads.flatMap((read) => armCurve(arm, read)));
  const [lows, highs] = [points.map(({ low }) => low), points.map(({ high }) => high)];
  // Loss has a meaningful zero. Accuracy is looked at near its top.
  const low = measure.name === "loss" ? 0 : Math.floor(Math.min(100, ...lows));
  const high =
    measure.name === "loss" ? Math.max(1e-9, ...highs) : Math.ceil(Math.max(0, ...highs));
  const lengths = arms.flatMap(({ trials }) => trials.map((trial) => trial.epochs.length));
  return {
    measure,
    arms,
    domain: [low, high > low ? high : low + 1],
    epochs: Math.max(1, ...lengths),
  };
}

/** A mean line with its band; one epoch alone is a dot. */
function curveMarks(
  points: readonly CurvePoint[],
  { color, dash, width }: { color: string; dash: string; width: number },
): readonly Plot.Markish[] {
  const band = { x: "epoch", y1: "low", y2: "high", fill: color, fillOpacity: 0.15 };
  const line = { x: "epoch", y: "mean", stroke: color, strokeDasharray: dash, strokeWidth: width };
  if (points.length === 1) return [Plot.dot(points, { x: "epoch", y: "mean", fill: color })];
  return [Plot.areaY(points, band), Plot.line(points, line)];
}

/** Trials that ended early, each as a thin line to a cross; beyond the scale they are cut. */
function unfinishedMarks(arm: ArmResult, { measure, domain: [low, high] }: Panels): Plot.Markish[] {
  const read = validationOf(measure);
  return arm.trials
    .filter((trial) => !isFinished(trial))
    .flatMap(({ seed, epochs }) => {
      const shown = epochs
        .map((epoch) => ({ epoch: epoch.epoch, value: read(epoch) }))
        .filter(({ value }) => value >= low && value <= high);
      const place = { x: "epoch", y: "value", stroke: "var(--bad)" };
      const title = () => `seed ${seed} ended early`;
      return [
        Plot.line(shown, { ...place, strokeWidth: 1 }),
        Plot.dot(shown.slice(-1), { ...place, symbol: "times", r: 5, strokeWidth: 2, title }),
      ];
    });
}

/** Where validation loss was lowest: a rule at the median, and on the loss a ring for each seed. */
function onsetMarks(arm: ArmResult, { measure, epochs }: Panels, color: string): Plot.Markish[] {
  const lowest = finishedTrials(arm).flatMap((trial) =>
    trial.epochs.filter(({ epoch }) => epoch === trial.bestEpoch),
  );
  if (lowest.length === 0 || epochs === 1) return [];
  const onset = median(lowest.map(({ epoch }) => epoch));
  const rings = { x: "epoch", y: validationOf(measure), stroke: color, fill: "var(--paper)", r: 3 };
  return [
    Plot.ruleX([onset], { stroke: "var(--ink-soft)", strokeDasharray: "1 3" }),
    Plot.text([onset], {
      x: (epoch: number) => epoch,
      text: () => `lowest loss: epoch ${onset}`,
      frameAnchor: "top",
      dy: -16,
      fill: "var(--ink-soft)",
      textAnchor: onset > 0.66 * epochs ? "end" : onset < 0.34 * epochs ? "start" : "middle",
    }),
    ...(measure.name === "loss" ? [Plot.dot(lowest, rings)] : []),
  ];
}

/** The first arm's validation curve, to compare with. */
const ghostMark = (points: readonly CurvePoint[]): Plot.Markish => {
  const place = { x: "epoch", y: "mean", stroke: "var(--ink-soft)" };
  return points.length === 1
    ? Plot.dot(points, place)
    : Plot.line(points, { ...place, strokeDasharray: "1 3" });
};

const lastMean = (points: readonly CurvePoint[]): number => points.at(-1)?.mean ?? NaN;

function panelChart(arm: ArmResult, panels: Panels): Markup {
  const { arms, measure, domain, epochs } = panels;
  const { color } = armStyle(arms.indexOf(arm));
  const validation = armCurve(arm, validationOf(measure));
  const clean = armCurve(arm, cleanOf(measure));
  const baseline = baselineOf(arm, arms);
  const ghost = arm === baseline ? [] : armCurve(baseline, validationOf(measure));
  const labels: EndLabel[] = [
    { text: "validation", y: lastMean(validation), color },
    { text: "clean train", y: lastMean(clean), color },
    { text: shorten(armLabel(baseline), 12), y: lastMean(ghost), color: "var(--ink-soft)" },
  ].filter(({ y }) => Number.isFinite(y));
  return draw({
    height: HEIGHT,
    ...MARGINS,
    x: epochScale(epochs),
    y: { domain: [...domain], grid: true, label: null, ticks: 5 },
    marks: [
      ...onsetMarks(arm, panels, color).slice(0, 2),
      ghostMark(ghost),
      ...curveMarks(clean, { color, dash: "5 4", width: 1.5 }),
      ...curveMarks(validation, { color, dash: "none", width: 2.25 }),
      ...unfinishedMarks(arm, panels),
      ...onsetMarks(arm, panels, color).slice(2),
      endLabels(labels, { x: epochs, domain, height: INNER_HEIGHT }),
    ],
  });
}

/** The numbers of a panel, epoch by epoch. */
function panelNumbers(arm: ArmResult, { read, print, label }: Measure): Markup {
  const validation = armCurve(arm, ({ validation }) => read(validation));
  const [clean, running] = (["clean", "running"] as const).map((kind) => {
    const points = armCurve(arm, (epoch) => read(epoch[kind]));
    return new Map(points.map(({ epoch, mean }) => [epoch, mean]));
  });
  return dataTable({
    caption: `${arm.name}: mean ${label}, and lowest to highest seed`,
    head: ["Epoch", "Validation", "lowest to highest", "Clean train", "Running train"],
    rows: validation.map(({ epoch, mean, low, high }) => [
      String(epoch),
      print(mean),
      `${print(low)} to ${print(high)}`,
      print(clean.get(epoch) ?? NaN),
      print(running.get(epoch) ?? NaN),
    ]),
  });
}

function describe(arm: ArmResult, { measure }: Panels): string {
  const validation = armCurve(arm, validationOf(measure));
  const clean = armCurve(arm, cleanOf(measure));
  const trials = finishedTrials(arm);
  const [first, last] = [validation.at(0), validation.at(-1)];
  if (first === undefined || last === undefined) return `${arm.name}: no trial finished.`;
  const { print } = measure;
  const epochs = list(trials.map(({ bestEpoch }) => String(bestEpoch)));
  return (
    `${arm.name}, ${measure.label}, mean over ${plural(trials.length, "seed")}. Validation goes from ` +
    `${print(first.mean)} in epoch ${first.epoch} to ${print(last.mean)} in epoch ${last.epoch}; ` +
    `clean train ends at ${print(lastMean(clean))}. Validation loss was lowest in epochs ${epochs}.`
  );
}

/** A panel for one arm: its curves, and the first arm's validation curve to compare with. */
export const learningCurve = (arm: ArmResult, panels: Panels): Markup =>
  figure({
    title: arm.name,
    description: describe(arm, panels),
    chart: panelChart(arm, panels),
    numbers: panelNumbers(arm, panels.measure),
  });
