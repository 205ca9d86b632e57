/** @file What a loss is: a number for each row, from what the network gives and what the row should give. */
import type { Tensor } from "../../graph/index.js";
import type { Probability } from "../activations.js";
import { createFactory, type Component, type Factory, type Spec } from "../component.js";
import type { Declarations, DeclaredValues } from "../parameters.js";
import type { Target } from "../targets.js";

/** A loss as plain data: `{ kind: "categoricalCrossEntropy", labelSmoothing: 0.1 }`. */
export type LossSpec = Spec;

/** What a network gives for a batch. */
export interface Prediction {
  /** Shape [rows, ...outputShape], float32. */
  readonly output: Tensor;
  /** If the output holds probabilities, their logits. */
  readonly logits?: Tensor;
  /** How the probabilities come from them; given with them. */
  readonly probability?: Probability;
}

/**
 * Which numbers a loss takes as targets: any; of at least 0; from 0 to 1; or, in each row, from 0 to 1
 * with a sum of 1.
 */
export type TargetRange = "any" | "counts" | "shares" | "distributions";

export interface LossDefinition<D extends Declarations = Declarations> extends Component<D> {
  /** What the last layer must give, if it must be probabilities: `rows` then gets their logits. */
  readonly needs?: Probability;
  readonly targets: TargetRange;
  /**
   * Parameters that belong to training alone, such as smoothing: they shape what is minimized, and are
   * off in every loss that is reported. Each declares its `off`.
   */
  readonly trainingOnly?: readonly (keyof D & string)[];
  /** The loss of each row, shape [rows]; without any penalty or weight. */
  rows(prediction: Prediction, target: Target, values: DeclaredValues<D>): Tensor;
}

/** Declares a loss and gives the function that makes its spec. */
export function defineLoss<D extends Declarations>(
  definition: LossDefinition<D>,
): Factory<LossDefinition<D>, D, never> {
  return createFactory<D, never, LossDefinition<D>>(definition);
}
