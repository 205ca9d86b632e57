/** @file The layers that a spec can name; a new one adds its line here. */
import type { LayerDefinition } from "./define.js";
import { averagePooling2d } from "./averagePooling2d.js";
import { conv2d } from "./conv2d.js";
import { dense } from "./dense.js";
import { dropout } from "./dropout.js";
import { flatten } from "./flatten.js";
import { globalAveragePooling2d } from "./globalAveragePooling2d.js";
import { maxPooling2d } from "./maxPooling2d.js";

export const layers: readonly LayerDefinition[] = [
  averagePooling2d,
  conv2d,
  dense,
  dropout,
  flatten,
  globalAveragePooling2d,
  maxPooling2d,
].map(({ definition }) => definition);
