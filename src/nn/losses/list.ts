/** @file The definitions of the losses that a spec or a name can mean. */
import type { LossDefinition, LossSpec } from "./define.js";
import * as all from "./all.js";

export type LossName = keyof typeof all;
/** A loss by its name, with its defaults, or as a spec. */
export type LossChoice = LossName | LossSpec;

export const losses: readonly LossDefinition[] = Object.values(all).map(
  ({ definition }) => definition,
);
