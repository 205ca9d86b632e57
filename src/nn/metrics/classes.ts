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

/** Whether one unit stands for two classes: its probability is that of class 1. */
export const isOneUnit = ({ output }: Prediction): boolean =>
  sizeOf(output.shape) === output.shape[0];

export const requireClassTarget = (title: string, prediction: Prediction, target: Target): void =>
  requireClasses(title, "labels" in target, prediction.probability);
