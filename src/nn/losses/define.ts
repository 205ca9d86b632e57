/** @file What a loss is: a number for each row, from what the network gives and the row's label. */
import type { Tensor } from "../../graph/index.js";
import type { Probability } from "../activations.js";

/** What a network gives for a batch. */
export interface Prediction {
  /** Shape [rows, classes], float32. */
  readonly output: Tensor;
  /** If the output holds probabilities, their logits. */
  readonly logits?: Tensor;
  /** How the probabilities come from them; given with them. */
  readonly probability?: Probability;
}

export interface Loss {
  readonly name: string;
  /**
   * The loss of each row, shape [rows]; without any penalty.
   *
   * @param labels - class of each row, shape [rows], int32
   * @throws UsageError if the network's output is not what the loss needs
   */
  readonly rows: (prediction: Prediction, labels: Tensor) => Tensor;
}
