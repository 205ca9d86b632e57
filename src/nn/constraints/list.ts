/** @file The constraints that a spec can name; a new one adds its line here. */
import { part } from "../part.js";
import { optional } from "../parameters.js";
import type { ConstraintDefinition } from "./define.js";
import { maxNorm } from "./maxNorm.js";

export const constraints: readonly ConstraintDefinition[] = [maxNorm.definition];

/** A layer's parameter that holds one of them, or a function from an updated weight to an allowed one. */
export const constraintParameter = optional(part("constraint", constraints));
