/** @file What an optimizer is: declared parameters, and one weight's update as tensors. */
import type { Tensor, Variable } from "../../graph/index.js";
import { createFactory, type Component, type Factory, type Spec } from "../component.js";
import type { Declarations, DeclaredValues } from "../parameters.js";

/** An optimizer as plain data: `{ kind: "adam", learningRate: 0.001, ... }`. */
export type OptimizerSpec = Spec;

export interface UpdateContext<D extends Declarations> {
  readonly values: DeclaredValues<D>;
  /** [], float32. A variable, so that it can change during training. */
  readonly learningRate: Tensor;
  /** Number of this update, 1 for the first; [], float32. */
  readonly step: Tensor;
  /** The value from the step before of something to remember for this weight; it starts as zeros. */
  readonly slot: (name: string) => Tensor;
}

export interface WeightUpdate {
  readonly weight: Tensor;
  /** The new value of each slot. */
  readonly slots: Readonly<Record<string, Tensor>>;
}

export interface OptimizerDefinition<D extends Declarations = Declarations> extends Component<D> {
  update(weight: Variable, gradient: Tensor, context: UpdateContext<D>): WeightUpdate;
}

/** Declares an optimizer, which must have a `learningRate`, and gives the function that makes its spec. */
export function defineOptimizer<D extends Declarations & Readonly<Record<"learningRate", unknown>>>(
  definition: OptimizerDefinition<D>,
): Factory<OptimizerDefinition<D>, D, never> {
  return createFactory<D, never, OptimizerDefinition<D>>(definition);
}
