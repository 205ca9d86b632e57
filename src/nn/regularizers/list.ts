/** @file The definitions of the regularizers that a spec can name. */
import { optional } from "../parameters.js";
import { part } from "../part.js";
import * as all from "./all.js";
import type { RegularizerDefinition } from "./define.js";

export const regularizers: readonly RegularizerDefinition[] = Object.values(all).map(
  ({ definition }) => definition,
);

/** A layer's parameter that holds one of them, or a function from a weight to a scalar. */
export const regularizerParameter = optional(part("regularizer", regularizers));
