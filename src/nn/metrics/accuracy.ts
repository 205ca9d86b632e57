/** @file Accuracy: the share of rows whose likeliest class is the label. */
import { ops } from "../../graph/index.js";
import type { Metric } from "./define.js";

/** 1 where the largest output is the label's; of equal ones the first counts, as in Keras. */
export const accuracy: Metric = {
  name: "accuracy",
  // Logits, where there are any: rounding can make different ones into equal probabilities.
  rows: ({ output, logits }, labels) =>
    ops.cast(ops.equal(ops.argMax(logits ?? output), labels), "float32"),
};
