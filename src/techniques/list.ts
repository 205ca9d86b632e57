/** @file The techniques that Holdout knows; a new one adds its line here. */
import type { Technique } from "./define.js";
import { dropout } from "./dropout.js";
import { none } from "./none.js";

export const techniques: readonly Technique[] = [none, dropout];
