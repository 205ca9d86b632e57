/** @file What a schedule is: the learning rate as a function of the number of updates made. */
import type { Tensor } from "../../graph/index.js";
import { createFactory, type Component, type Factory } from "../component.js";
import type { Declarations, DeclaredValues } from "../parameters.js";

export interface ScheduleDefinition<D extends Declarations = Declarations> extends Component<D> {
  /**
   * The learning rate; [], float32.
   *
   * @param step - updates made before this one, 0 at first; [], float32
   */
  rate(step: Tensor, values: DeclaredValues<D>): Tensor;
}

/** Declares a schedule and gives the function that makes its spec. */
export function defineSchedule<
  D extends Declarations,
  const Required extends keyof D & string = never,
>(
  definition: ScheduleDefinition<D> & { readonly required?: readonly Required[] },
): Factory<ScheduleDefinition<D>, D, Required> {
  return createFactory<D, Required, ScheduleDefinition<D>>(definition);
}
