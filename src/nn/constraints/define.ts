/** @file What a constraint is: the nearest allowed weight for an updated one. */
import type { Tensor } from "../../graph/index.js";
import { createFactory, type Component, type Factory } from "../component.js";
import type { Declarations, DeclaredValues } from "../parameters.js";

export interface ConstraintDefinition<D extends Declarations = Declarations> extends Component<D> {
  /** The weight that replaces an updated one; same shape. */
  project(weight: Tensor, values: DeclaredValues<D>): Tensor;
}

/** Declares a constraint and gives the function that makes its spec. */
export function defineConstraint<
  D extends Declarations,
  const Required extends keyof D & string = never,
>(
  definition: ConstraintDefinition<D> & { readonly required?: readonly Required[] },
): Factory<ConstraintDefinition<D>, D, Required> {
  return createFactory<D, Required, ConstraintDefinition<D>>(definition);
}
