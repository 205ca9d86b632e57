/** @file The definitions of the batch augmentations that a spec can name. */
import * as all from "./all.js";
import type { AugmentationDefinition } from "./define.js";

export const augmentations: readonly AugmentationDefinition[] = Object.values(all).map(
  ({ definition }) => definition,
);
