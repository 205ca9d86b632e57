/** @file A regularizer at work on one tensor. */
import { describeTensor, type Tensor } from "../../graph/index.js";
import { isOff, UsageError } from "../../util/index.js";
import { resolveSpec } from "../component.js";
import type { Part } from "../part.js";
import { regularizers } from "./list.js";

export interface Regularizer {
  /** A scalar. */
  readonly penalty: (weight: Tensor) => Tensor;
  /** Absent if the penalty's gradient is followed. See {@link RegularizerDefinition.proximal}. */
  readonly proximal?: (weight: Tensor, stepSize: Tensor) => Tensor;
}

function customRegularizer(penalty: (weight: Tensor) => Tensor): Regularizer {
  return {
    penalty: (weight) => {
      const value = penalty(weight);
      if (value.shape.length === 0 && value.dtype === "float32") return value;
      throw new UsageError(
        `Regularizer: a function must give a scalar, [] float32; got ${describeTensor(value)}. Sum it.`,
      );
    },
  };
}

/** The regularizer that a spec describes, or that is the user's own penalty; none if it is switched off. */
export function createRegularizer(given: Part): Regularizer | undefined {
  if (typeof given === "function") return customRegularizer(given);
  const { definition, values } = resolveSpec("regularizer", regularizers, given);
  if (isOff(definition.params, values)) return undefined;
  const { proximal } = definition;
  return {
    penalty: (weight) => definition.penalty(weight, values),
    ...(proximal &&
      values.method !== "subgradient" && {
        proximal: (weight, stepSize) => proximal(weight, stepSize, values),
      }),
  };
}
