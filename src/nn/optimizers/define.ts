/** @file What an optimizer is: declared parameters, and one weight's update as tensors. */
import type { Tensor } from "../../graph/index.js";
import { createFactory, type Component, type Factory, type Spec } from "../component.js";
import type { Declarations, DeclaredValues } from "../parameters.js";
import { checkClipping } from "./clipping.js";
import { sharedParameters } from "./shared.js";

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
  /**
   * How far one update moves the weight for a gradient of 1 that lasts, momentum included: the step size
   * of a proximal step, with which it rests at the minimum of loss and penalty. A scalar, or one number for each
   * element. Default: the learning rate.
   */
  readonly stepSize?: Tensor;
}

export interface OptimizerDefinition<D extends Declarations = Declarations> extends Component<D> {
  /** @param weight - its present value, after weight decay */
  update(weight: Tensor, gradient: Tensor, context: UpdateContext<D>): WeightUpdate;
}

type WithShared<D> = D & typeof sharedParameters;

/**
 * Declares an optimizer, which must have a `learningRate`, and gives the function that makes its spec.
 * The parameters that all optimizers share are added to its own.
 */
export function defineOptimizer<D extends Declarations & Readonly<Record<"learningRate", unknown>>>(
  definition: OptimizerDefinition<D>,
): Factory<OptimizerDefinition<WithShared<D>>, WithShared<D>, never> {
  const { title, params, check, update } = definition;
  return createFactory<WithShared<D>, never, OptimizerDefinition<WithShared<D>>>({
    ...definition,
    params: { ...params, ...sharedParameters },
    check: (values) => {
      checkClipping(title, values);
      check?.(values as DeclaredValues<D>);
    },
    update: (weight, gradient, context) =>
      update(weight, gradient, context as unknown as UpdateContext<D>),
  });
}
