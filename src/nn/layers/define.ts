/** @file What a layer is: declared parameters, weights for an input shape, and a function of tensors. */
import type { Shape, Tensor, Variable } from "../../graph/index.js";
import type { Probability } from "../activations.js";
import { createFactory, type Component, type Factory, type Spec } from "../component.js";
import type { Constraint } from "../constraints/apply.js";
import type { Initializer } from "../initializers/define.js";
import type { Declarations, DeclaredValues } from "../parameters.js";
import type { Regularizer } from "../regularizers/apply.js";

/**
 * A layer as plain data: `{ kind: "dense", units: 10, activation: "softmax", ... }`. Beside its
 * parameters it may have a `name` of its own, and `inputs`: the names of the layers whose outputs it
 * takes, where that is not the layer before it.
 */
export type LayerSpec = Spec;

/** Numbers that a layer keeps. */
export interface Weight {
  /** "dense_1/kernel"; it names the stream of its initial values too. */
  readonly name: string;
  readonly variable: Variable;
  readonly initializer: Initializer;
  /** False for state that the layer itself updates, such as running statistics. */
  readonly trainable: boolean;
  /** Whether weight decay applies to it unless asked otherwise: kernels yes, biases no. */
  readonly decays: boolean;
  /** The axis along which it meets the last axis of the layer's input; absent if there is none. */
  readonly inputAxis?: number;
  readonly regularizer?: Regularizer;
  readonly constraint?: Constraint;
}

/** Where the random numbers of one training step come from. */
export interface Noise {
  readonly seed: number;
  /** Counts training steps; [], int32. */
  readonly step: Tensor;
}

/** How a network is applied; in inference, with neither noise nor statistics of the batch. */
export interface ApplyContext {
  /** Absent where nothing is to be random. */
  readonly noise?: Noise;
  /** True in a training step: normalization by the batch's own statistics, which are remembered. */
  readonly training?: boolean;
}

/** What a layer gives. */
export interface LayerResult {
  readonly output: Tensor;
  /** If the output holds probabilities: the logits from which a loss can compute without rounding. */
  readonly logits?: Tensor;
  /** How the probabilities come from them; given with them. */
  readonly probability?: Probability;
  /** What is added to the objective of this batch, beside the penalties of weights; scalars. */
  readonly penalties?: readonly Tensor[];
  /** The new values of weights that are not trainable; only where `training`. */
  readonly updates?: ReadonlyMap<Variable, Tensor>;
  /**
   * What `updates` move such weights towards, if that is a statistic of the batch; only where `training`.
   * Averaging weights computes their means anew.
   */
  readonly statistics?: ReadonlyMap<Variable, Tensor>;
}

/** A layer whose input shape is known. Shapes are those of one row. */
export interface BuiltLayer {
  readonly outputShape: Shape;
  readonly weights: readonly Weight[];
  /** If its input must hold whole numbers from 0 on: the first number that is too large. */
  readonly indices?: number;
  /**
   * @param x - input, shape [rows, ...inputShape], float32
   * @param others - the further inputs of a layer that merges several
   */
  readonly apply: (x: Tensor, context: ApplyContext, others: readonly Tensor[]) => LayerResult;
}

/** What a layer knows of its place when it is built. Shapes are those of one row. */
export interface LayerPlace {
  /** Its name in the model, such as "dense_1". */
  readonly name: string;
  /** Of its first input. */
  readonly inputShape: Shape;
  /** Whether its first input is the network's. */
  readonly readsRows: boolean;
  /** Of all its inputs: one, unless the layer merges several. */
  readonly inputShapes: readonly Shape[];
}

export interface LayerDefinition<D extends Declarations = Declarations> extends Component<D> {
  /** Axes that a row of its input must have; absent if any number will do. */
  readonly inputRank?: number;
  /** Whether rows come to it in their own shape, whatever number of axes later layers ask for. */
  readonly keepsRowShape?: boolean;
  /** Whether it takes two inputs or more; else it takes one. */
  readonly merges?: boolean;
  build(values: DeclaredValues<D>, place: LayerPlace): BuiltLayer;
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
