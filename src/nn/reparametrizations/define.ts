/** @file What a reparametrization is: a kernel that a layer computes from the one that is trained. */
import type { Tensor } from "../../graph/index.js";
import { createFactory, type Component, type Factory } from "../component.js";
import type { Initializer } from "../initializers/define.js";
import type { ApplyContext, LayerResult, Weight } from "../layers/define.js";
import type { Declarations, DeclaredValues } from "../parameters.js";

/** The kernel for which one is built. */
export interface KernelPlace {
  readonly kernel: Weight;
  /** Makes state of the layer, which no optimizer touches. */
  readonly createState: (options: {
    readonly part: string;
    readonly shape: readonly number[];
    readonly initializer: Initializer;
  }) => Weight;
}

export interface BuiltReparametrization {
  readonly weights: readonly Weight[];
  /** The kernel that the layer uses, of the trained one's shape. */
  readonly apply: (
    context: ApplyContext,
  ) => { readonly kernel: Tensor } & Pick<LayerResult, "updates">;
}

export interface ReparametrizationDefinition<
  D extends Declarations = Declarations,
> extends Component<D> {
  build(values: DeclaredValues<D>, place: KernelPlace): BuiltReparametrization;
}

/** Declares a reparametrization and gives the function that makes its spec. */
export function defineReparametrization<
  D extends Declarations,
  const Required extends keyof D & string = never,
>(
  definition: ReparametrizationDefinition<D> & { readonly required?: readonly Required[] },
): Factory<ReparametrizationDefinition<D>, D, Required> {
  return createFactory<D, Required, ReparametrizationDefinition<D>>(definition);
}
