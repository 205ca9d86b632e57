/** @file The layers that a spec can name; a new one adds its line here. */
import type { LayerDefinition } from "./define.js";
import { dense } from "./dense.js";
import { dropout } from "./dropout.js";
import { flatten } from "./flatten.js";

export const layers: readonly LayerDefinition[] = [dense, dropout, flatten].map(
  ({ definition }) => definition,
);
