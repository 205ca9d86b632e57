/** @file What a layer is: declared parameters, weights for an input shape, and a function of tensors. */
import type { Shape, Tensor, Variable } from "../../graph/index.js";
import { createFactory, type Component, type Factory, type Spec } from "../component.js";
import type { Initializer } from "../initializers/define.js";
import type { Declarations, DeclaredValues } from "../parameters.js";

/** A layer as plain data: `{ kind: "dense", units: 10, activation: "softmax", ... }`. */
export type LayerSpec = Spec;

export interface Weight {
  /** "dense_1/kernel"; it names the stream of its initial values too. */
  readonly name: string;
  readonly variable: Variable;
  readonly initializer: Initializer;
  /** Whether weight decay and penalties apply to it unless asked otherwise: kernels yes, biases no. */
  readonly decays: boolean;
}

/** Where the random numbers of one training step come from. */
export interface Noise {
  readonly seed: number;
  /** Counts training steps; [], int32. */
  readonly step: Tensor;
}

export interface ApplyContext {
  /** Absent in inference, when nothing is random. */
  readonly noise?: Noise;
}

/** What a layer gives. */
export interface LayerResult {
  readonly output: Tensor;
  /** If the output holds class probabilities: the logits from which a loss can compute without rounding. */
  readonly logits?: Tensor;
}

/** A layer whose input shape is known. Shapes are those of one row. */
export interface BuiltLayer {
  readonly outputShape: Shape;
  readonly weights: readonly Weight[];
  /** @param x - input, shape [rows, ...inputShape], float32 */
  readonly apply: (x: Tensor, context: ApplyContext) => LayerResult;
}

export interface LayerDefinition<D extends Declarations = Declarations> extends Component<D> {
  /** Axes that a row of its input must have; absent if any number will do. */
  readonly inputRank?: number;
  /** @param layer - its name in the model, such as "dense_1", and the shape of one input row */
  build(
    values: DeclaredValues<D>,
    layer: { readonly name: string; readonly inputShape: Shape },
  ): BuiltLayer;
}

/** Declares a layer and gives the function that makes its spec. */
export function defineLayer<
  D extends Declarations,
  const Required extends keyof D & string = never,
>(
  definition: LayerDefinition<D> & { readonly required?: readonly Required[] },
): Factory<LayerDefinition<D>, D, Required> {
  return createFactory<D, Required, LayerDefinition<D>>(definition);
}
