/** @file The regularizers that a spec can name; a new one adds its line here. */
import { part } from "../part.js";
import { optional } from "../parameters.js";
import type { RegularizerDefinition } from "./define.js";
import { l1 } from "./l1.js";
import { l2 } from "./l2.js";

export const regularizers: readonly RegularizerDefinition[] = [l1.definition, l2.definition];

/** A layer's parameter that holds one of them, or a function from a weight to a scalar. */
export const regularizerParameter = optional(part("regularizer", regularizers));
