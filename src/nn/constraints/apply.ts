/** @file A constraint at work on one weight. */
import { describeTensor, sameShape, type Tensor } from "../../graph/index.js";
import { isOff, UsageError } from "../../util/index.js";
import { resolveSpec } from "../component.js";
import type { Part } from "../part.js";
import { constraints } from "./list.js";

/** The weight that replaces an updated one. */
export type Constraint = (weight: Tensor) => Tensor;

/** The constraint that a spec describes, or that is the user's own function; none if it is switched off. */
export function createConstraint(given: Part): Constraint | undefined {
  if (typeof given === "function") {
    return (weight) => {
      const value = given(weight);
      if (sameShape(value.shape, weight.shape) && value.dtype === weight.dtype) return value;
      throw new UsageError(
        `Constraint: a function must give a weight like its own, ${describeTensor(weight)}; ` +
          `got ${describeTensor(value)}.`,
      );
    };
  }
  const { definition, values } = resolveSpec("constraint", constraints, given);
  if (isOff(definition.params, values)) return undefined;
  return (weight) => definition.project(weight, values);
}
