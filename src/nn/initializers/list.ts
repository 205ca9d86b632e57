/** @file The initializers, by name; a new one adds its line here. */
import { glorotUniform } from "./glorotUniform.js";
import { heNormal } from "./heNormal.js";
import { heUniform } from "./heUniform.js";
import { ones } from "./ones.js";
import { uniform } from "./uniform.js";
import { zeros } from "./zeros.js";

export const initializers = { glorotUniform, heNormal, heUniform, ones, uniform, zeros };

export type InitializerName = keyof typeof initializers;
export const initializerNames = Object.keys(initializers) as InitializerName[];
