/** @file What an averaging of weights is: which weights enter the average, and with which share. */
import type { Tensor } from "../../graph/index.js";
import { createFactory, type Component, type Factory, type Spec } from "../component.js";
import type { Declarations, DeclaredValues } from "../parameters.js";

/** An averaging as plain data: `{ kind: "ema", momentum: 0.99 }`. */
export type AveragingSpec = Spec;

export interface AveragingDefinition<D extends Declarations = Declarations> extends Component<D> {
  /**
   * When weights enter the average: after each batch, or at the ends of the epochs that `takesEpoch`
   * names.
   */
  readonly takes: "batches" | "epochs";
  /** Whether statistics, such as those of batch normalization, are computed anew for averaged weights. */
  readonly refreshesStatistics: boolean;
  /**
   * The share that the present weights have in the new average: `(1 - share) average + share weight`. It
   * must be 1 for the first.
   *
   * @param count - weights that entered before; [], float32
   */
  share(count: Tensor, values: DeclaredValues<D>): Tensor;
  /** Whether the weights of the end of this epoch, from 1, enter. */
  takesEpoch?(epoch: number, values: DeclaredValues<D>): boolean;
  /** Batches after which the average replaces the weights in training, too. */
  overwritesEvery?(values: DeclaredValues<D>): number | undefined;
  /** Throws a UsageError if there would be no average after so many epochs. */
  checkEpochs?(epochs: number, values: DeclaredValues<D>): void;
}

/** Declares an averaging and gives the function that makes its spec. */
export function defineAveraging<
  D extends Declarations,
  const Required extends keyof D & string = never,
>(
  definition: AveragingDefinition<D> & { readonly required?: readonly Required[] },
): Factory<AveragingDefinition<D>, D, Required> {
  return createFactory<D, Required, AveragingDefinition<D>>(definition);
}
