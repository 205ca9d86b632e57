/** @file The two measures of a learning curve, loss and accuracy: how to read and print them. */
import type { Scores } from "../study/index.js";
import { lossText, percent } from "./format.js";

/** Loss as it is; accuracy in percent. */
export interface Measure {
  readonly name: keyof Scores;
  /** Names the values, with their unit. */
  readonly label: string;
  /** Names the generalization gap in this measure, with its unit. */
  readonly gapTitle: string;
  readonly read: (scores: Scores) => number;
  readonly print: (value: number) => string;
}

export const lossMeasure: Measure = {
  name: "loss",
  label: "loss",
  gapTitle: "Validation loss − clean train loss",
  read: ({ loss }) => loss,
  print: lossText,
};

export const accuracyMeasure: Measure = {
  name: "accuracy",
  label: "accuracy, %",
  gapTitle: "Clean train − validation accuracy, percentage points",
  read: ({ accuracy }) => 100 * accuracy,
  print: (value) => percent(value / 100),
};
