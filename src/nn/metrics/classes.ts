/** @file What metrics of classes need of predictions and targets. */
import { sizeOf } from "../../graph/index.js";
import { UsageError } from "../../util/index.js";
import type { Prediction } from "../losses/define.js";
import type { Target } from "../targets.js";

/** Throws unless the targets name classes: labels, or numbers beside predicted probabilities. */
export function requireClasses(title: string, hasLabels: boolean, probability: unknown): void {
  if (hasLabels || probability !== undefined) return;
  throw new UsageError(
    `${title}: rows must have labels, or the last layer must give probabilities; got numbers for ` +
      'another activation. Name other metrics, such as metrics: ["rootMeanSquaredError"].',
  );
}

/** Throws unless the last layer gives probabilities. */
export function requireProbabilities(title: string, probability: unknown): void {
  if (probability !== undefined) return;
  throw new UsageError(
    `${title}: the last layer must give probabilities; got another activation. ` +
      'Give it activation "softmax" or "sigmoid".',
  );
}

/** Whether one unit stands for two classes: its probability is that of class 1. */
export const isOneUnit = ({ output }: Prediction): boolean =>
  sizeOf(output.shape) === output.shape[0];

export const requireClassTarget = (title: string, prediction: Prediction, target: Target): void =>
  requireClasses(title, "labels" in target, prediction.probability);

/** Throws unless each row has one class of several, with a unit for each. */
export function requireDistribution(title: string, prediction: Prediction, target: Target): void {
  requireClassTarget(title, prediction, target);
  const isMultiLabel = "values" in target && prediction.probability === "sigmoid";
  if (!isMultiLabel && !isOneUnit(prediction) && prediction.output.shape.length === 2) return;
  throw new UsageError(
    `${title}: each row must have one class, and the last layer a unit for each class; got ` +
      `${isMultiLabel ? "several labels for a row" : "another shape"}.`,
  );
}
