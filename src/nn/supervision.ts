/** @file Checks that targets, weights, loss, metrics and network fit together. */
import { sameShape, sizeOf, variable } from "../graph/index.js";
import { UsageError } from "../util/index.js";
import {
  checkFeatures,
  countRows,
  type LabelledRows,
  type SupervisedRows,
  type TargetRows,
} from "./data.js";
import { createLoss, type Loss } from "./losses/apply.js";
import type { TargetRange } from "./losses/define.js";
import type { Network } from "./network.js";
import { scoreRows, type Measures } from "./scoring.js";
import { readTarget, targetVariable } from "./targets.js";

function checkLabels(who: string, { labels, classes }: LabelledRows): void {
  const row = labels.findIndex((label) => label < 0 || label >= classes);
  if (row < 0) return;
  throw new UsageError(
    `${who}: labels must be class numbers from 0 to ${classes - 1}; got ${labels[row]} in row ${row} (from 0).`,
  );
}

/** One unit stands for two classes, unless the loss needs a distribution over units. */
function checkUnits(
  who: string,
  { classes }: LabelledRows,
  { outputShape }: Network,
  { needs }: Loss,
): void {
  const units = sizeOf(outputShape);
  if (outputShape.length !== 1) {
    throw new UsageError(
      `${who}: with labels the last layer must give a vector; got [${outputShape.join(", ")}]. Put flatten() before it.`,
    );
  }
  if (units === classes || (units === 1 && classes === 2 && needs !== "softmax")) return;
  const advice =
    units === 1 && classes === 2 ? ' For one unit with "sigmoid", use binaryCrossEntropy.' : "";
  throw new UsageError(
    `${who}: the last layer must have one unit for each of the ${classes} classes; got ${units} ` +
      `${units === 1 ? "unit" : "units"}.${advice}`,
  );
}

function checkLabelled(who: string, rows: LabelledRows, network: Network, loss: Loss): void {
  const count = countRows(rows);
  if (rows.labels.length !== count) {
    throw new UsageError(
      `${who}: each row must have one label; got ${rows.labels.length} labels for ${count} rows.`,
    );
  }
  checkUnits(who, rows, network, loss);
  checkLabels(who, rows);
}

/** What a number must be. */
const RANGES: Readonly<
  Record<TargetRange, { readonly words: string; readonly holds: (value: number) => boolean }>
> = {
  any: { words: "finite numbers", holds: Number.isFinite },
  counts: { words: "finite numbers of at least 0", holds: (t) => Number.isFinite(t) && t >= 0 },
  shares: { words: "numbers in [0, 1]", holds: (t) => t >= 0 && t <= 1 },
  distributions: { words: "numbers in [0, 1]", holds: (t) => t >= 0 && t <= 1 },
};

/** How far a row's sum may be from 1: the rounding of float32, and of numbers written with few digits. */
const SUM_TOLERANCE = 1e-3;

function checkSums(who: string, { targets, targetShape }: TargetRows): void {
  const size = sizeOf(targetShape);
  for (let start = 0; start < targets.length; start += size) {
    const sum = targets.subarray(start, start + size).reduce((a, b) => a + b, 0);
    if (Math.abs(sum - 1) <= SUM_TOLERANCE) continue;
    throw new UsageError(
      `${who}: the targets of a row must have the sum 1; got ${sum} in row ${start / size} (from 0). ` +
        "For several classes at a time, use binaryCrossEntropy.",
    );
  }
}

function checkRange(who: string, rows: TargetRows, { title, targets: range }: Loss): void {
  const { words, holds } = RANGES[range];
  const size = sizeOf(rows.targetShape);
  const index = rows.targets.findIndex((value) => !holds(value));
  if (index >= 0) {
    throw new UsageError(
      `${who}: for ${title}, targets must be ${words}; got ${rows.targets[index]} in row ` +
        `${Math.floor(index / size)}, target ${index % size} (both from 0).`,
    );
  }
  if (range === "distributions") checkSums(who, rows);
}

function checkTargets(who: string, rows: TargetRows, network: Network, loss: Loss): void {
  const { targets, targetShape } = rows;
  const count = countRows(rows);
  if (!sameShape(targetShape, network.outputShape)) {
    throw new UsageError(
      `${who}: targetShape must be what the last layer gives, [${network.outputShape.join(", ")}]; ` +
        `got [${targetShape.join(", ")}].`,
    );
  }
  const wanted = count * sizeOf(targetShape);
  if (targets.length !== wanted) {
    throw new UsageError(
      `${who}: targets must hold ${wanted} numbers, for ${count} rows of shape ` +
        `[${targetShape.join(", ")}]; got ${targets.length}.`,
    );
  }
  if (loss.needs === "softmax" && targetShape.length !== 1) {
    throw new UsageError(
      `${who}: for ${loss.title} the last layer must give a vector; got [${targetShape.join(", ")}].`,
    );
  }
  checkRange(who, rows, loss);
}

function checkSampleWeights(who: string, rows: SupervisedRows): void {
  const { sampleWeights } = rows;
  if (!sampleWeights) return;
  const count = countRows(rows);
  if (sampleWeights.length !== count) {
    throw new UsageError(
      `${who}: sampleWeights must hold one weight for each row; got ${sampleWeights.length} for ${count} rows.`,
    );
  }
  const row = sampleWeights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (row < 0) return;
  throw new UsageError(
    `${who}: sampleWeights must be finite numbers of at least 0; got ${sampleWeights[row]} in row ${row} (from 0).`,
  );
}

/** Asks loss and metrics to judge a row, so that they refuse what they cannot judge before any work. */
function checkMeasures(rows: SupervisedRows, network: Network, measures: Measures): void {
  const x = variable({ name: "checked/x", shape: [1, ...network.inputShape] });
  const prediction = network.apply(x, {});
  const target = readTarget(rows, targetVariable("checked/target", rows, 1));
  scoreRows(measures, { prediction, target });
  const { probability } = prediction;
  const width = sizeOf(network.outputShape);
  const set = { width, truth: rows, ...(probability && { probability }) };
  for (const { definition, values } of measures.metrics.ofSets) definition.require(set, values);
}

/**
 * Throws unless features, targets and weights fit each other, the network, the loss and the metrics.
 *
 * @param who - subject of the sentence: "fit", "fit, validation"
 */
export function checkSupervised(
  who: string,
  rows: SupervisedRows,
  { network, measures }: { readonly network: Network; readonly measures: Measures },
): void {
  checkFeatures(who, rows, network);
  const loss = createLoss(measures.loss);
  if ("labels" in rows) checkLabelled(who, rows, network, loss);
  else checkTargets(who, rows, network, loss);
  checkSampleWeights(who, rows);
  checkMeasures(rows, network, measures);
}

/**
 * Throws unless there is a weight for each class.
 *
 * @param classWeights - of `fit`
 */
export function checkClassWeights(rows: SupervisedRows, classWeights: readonly number[]): void {
  if (!("labels" in rows)) {
    throw new UsageError(
      "fit: classWeights must come with labels; got numbers as targets. Give the rows sampleWeights.",
    );
  }
  const isRight = (weight: unknown): boolean => Number.isFinite(weight) && (weight as number) >= 0;
  if (classWeights.length === rows.classes && classWeights.every(isRight)) return;
  throw new UsageError(
    `fit: classWeights must be a finite number of at least 0 for each of the ${rows.classes} classes; ` +
      `got [${classWeights.join(", ")}].`,
  );
}
