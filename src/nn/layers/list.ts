/** @file The definitions of the layers that a spec can name. */
import * as all from "./all.js";
import type { LayerDefinition } from "./define.js";

export const layers: readonly LayerDefinition[] = Object.values(all).map(
  ({ definition }) => definition,
);
