/** @file The optimizers that a spec can name; a new one adds its line here. */
import { adam } from "./adam.js";
import type { OptimizerDefinition } from "./define.js";
import { sgd } from "./sgd.js";

export const optimizers: readonly OptimizerDefinition[] = [adam.definition, sgd.definition];
