/** @file What a regularizer is: a penalty on a tensor, and perhaps a proximal step instead of its gradient. */
import type { Tensor } from "../../graph/index.js";
import { createFactory, type Component, type Factory } from "../component.js";
import type { Declarations, DeclaredValues } from "../parameters.js";

export interface RegularizerDefinition<D extends Declarations = Declarations> extends Component<D> {
  /** The penalty that is added to the objective; a scalar. */
  penalty(weight: Tensor, values: DeclaredValues<D>): Tensor;
  /**
   * The proximal step that takes the place of the penalty's gradient, unless the parameter `method` asks
   * for the subgradient: `argmin_u penalty(u) + sum((u - weight)^2 / (2 stepSize))`.
   *
   * @param stepSize - of the update just made; a scalar, or one number for each element
   */
  proximal?(weight: Tensor, stepSize: Tensor, values: DeclaredValues<D>): Tensor;
}

/** Declares a regularizer and gives the function that makes its spec. */
export function defineRegularizer<
  D extends Declarations,
  const Required extends keyof D & string = never,
>(
  definition: RegularizerDefinition<D> & { readonly required?: readonly Required[] },
): Factory<RegularizerDefinition<D>, D, Required> {
  return createFactory<D, Required, RegularizerDefinition<D>>(definition);
}
