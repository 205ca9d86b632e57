/** @file The definitions of the optimizers that a spec can name. */
import * as all from "./all.js";
import type { OptimizerDefinition } from "./define.js";

export const optimizers: readonly OptimizerDefinition[] = Object.values(all).map(
  ({ definition }) => definition,
);
