/** @file Makes the weights of a layer, and declares the parameters that layers with a kernel and a bias share. */
import { ops, variable, type Shape, type Tensor } from "../../graph/index.js";
import { choice } from "../../util/index.js";
import {
  activationNames,
  activations,
  type Activation,
  type ActivationName,
} from "../activations.js";
import type { Spec } from "../component.js";
import { createConstraint } from "../constraints/apply.js";
import { constraintParameter } from "../constraints/list.js";
import type { Initializer } from "../initializers/define.js";
import { initializerNames, initializers } from "../initializers/list.js";
import { flag, type DeclaredValues } from "../parameters.js";
import type { Part } from "../part.js";
import type { BuiltReparametrization } from "../reparametrizations/define.js";
import { reparametrizationParameter, reparametrize } from "../reparametrizations/list.js";
import { createRegularizer } from "../regularizers/apply.js";
import { regularizerParameter } from "../regularizers/list.js";
import type { LayerPlace, LayerResult, Weight } from "./define.js";

interface WeightOptions {
  /** "kernel" */
  readonly part: string;
  readonly shape: Shape;
  readonly initializer: Initializer;
  /** Default true. */
  readonly trainable?: boolean;
  /** Default false. */
  readonly decays?: boolean;
  readonly inputAxis?: number;
  readonly regularizer?: Part | undefined;
  readonly constraint?: Part | undefined;
}

/** A weight named after its layer: "dense_1/kernel". */
export function createWeight(
  { name: layer }: Pick<LayerPlace, "name">,
  { part, shape, ...options }: WeightOptions,
): Weight {
  const name = `${layer}/${part}`;
  const { regularizer: penalty, constraint: projection, ...rest } = options;
  const regularizer = penalty && createRegularizer(penalty);
  const constraint = projection && createConstraint(projection);
  return {
    name,
    variable: variable({ name, shape, purpose: "weights" }),
    trainable: true,
    decays: false,
    ...rest,
    ...(regularizer && { regularizer }),
    ...(constraint && { constraint }),
  };
}

/** The parameters of a layer that computes `activation(product(x, kernel) + bias)`. */
export const kernelParameters = {
  activation: choice({ choices: activationNames, default: "linear" }),
  /** Whether to add the vector b. */
  useBias: flag({ default: true }),
  kernelInitializer: choice({ choices: initializerNames, default: "glorotUniform" }),
  biasInitializer: choice({ choices: initializerNames, default: "zeros" }),
  /** Penalties on W, on b and on the layer's output; none by default. */
  kernelRegularizer: regularizerParameter,
  biasRegularizer: regularizerParameter,
  activityRegularizer: regularizerParameter,
  /** What W and b become after an update; as they are by default. */
  kernelConstraint: constraintParameter,
  biasConstraint: constraintParameter,
};

/** Of a layer that can use a kernel computed from the one it trains; itself by default. */
export const kernelReparametrization = reparametrizationParameter;

/** The kernel that the layer uses, and the state that this takes. */
export const usedKernel = (
  place: Pick<LayerPlace, "name">,
  kernel: Weight,
  given: Spec | undefined,
): BuiltReparametrization =>
  reparametrize(given, {
    kernel,
    createState: (options) => createWeight(place, { ...options, trainable: false }),
  });

type KernelValues = DeclaredValues<typeof kernelParameters>;

/** The kernel, and the bias if there is one. */
export function kernelAndBias(
  place: Pick<LayerPlace, "name">,
  values: KernelValues,
  { kernelShape, biasShape }: { readonly kernelShape: Shape; readonly biasShape: Shape },
): { readonly kernel: Weight; readonly bias: Weight | undefined } {
  const kernel = createWeight(place, {
    part: "kernel",
    shape: kernelShape,
    initializer: initializers[values.kernelInitializer],
    decays: true,
    inputAxis: kernelShape.length - 2,
    regularizer: values.kernelRegularizer,
    constraint: values.kernelConstraint,
  });
  if (!values.useBias) return { kernel, bias: undefined };
  const bias = createWeight(place, {
    part: "bias",
    shape: biasShape,
    initializer: initializers[values.biasInitializer],
    regularizer: values.biasRegularizer,
    constraint: values.biasConstraint,
  });
  return { kernel, bias };
}

/**
 * The penalty on a layer's output, if there is one. Like Keras, of the batch's mean row: the penalty of all of its
 * elements, divided by the number of rows.
 */
function activityPenalties(output: Tensor, part: Part | undefined): readonly Tensor[] {
  const regularizer = part && createRegularizer(part);
  if (!regularizer) return [];
  return [ops.multiply(regularizer.penalty(output), 1 / output.shape[0])];
}

/** `activation(product + bias)`, with logits and the penalty on the output where there are any. */
export function activate(
  product: Tensor,
  bias: Weight | undefined,
  {
    activation,
    activityRegularizer,
  }: { readonly activation: ActivationName } & Pick<KernelValues, "activityRegularizer">,
): LayerResult {
  const { apply, probability }: Activation = activations[activation];
  const z = bias ? ops.add(product, bias.variable) : product;
  const output = apply(z);
  return {
    output,
    ...(probability && { logits: z, probability }),
    penalties: activityPenalties(output, activityRegularizer),
  };
}
