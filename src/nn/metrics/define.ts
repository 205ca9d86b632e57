/** @file What a metric is: a number for each row, averaged over rows. */
import type { Tensor } from "../../graph/index.js";
import type { Prediction } from "../losses/define.js";

export interface Metric {
  readonly name: string;
  /** The score of each row, shape [rows], float32. */
  readonly rows: (prediction: Prediction, labels: Tensor) => Tensor;
}
