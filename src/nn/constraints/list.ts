/** @file The definitions of the constraints that a spec can name. */
import { optional } from "../parameters.js";
import { part } from "../part.js";
import * as all from "./all.js";
import type { ConstraintDefinition } from "./define.js";

export const constraints: readonly ConstraintDefinition[] = Object.values(all).map(
  ({ definition }) => definition,
);

/** A layer's parameter that holds one of them, or a function from an updated weight to an allowed one. */
export const constraintParameter = optional(part("constraint", constraints));
