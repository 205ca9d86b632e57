/** @file The initializers, by name; a new one adds its line here. */
import { glorotNormal } from "./glorotNormal.js";
import { glorotUniform } from "./glorotUniform.js";
import { heNormal } from "./heNormal.js";
import { heUniform } from "./heUniform.js";
import { lecunNormal } from "./lecunNormal.js";
import { lecunUniform } from "./lecunUniform.js";
import { ones } from "./ones.js";
import { orthogonal } from "./orthogonal.js";
import { randomNormal } from "./randomNormal.js";
import { randomUniform } from "./randomUniform.js";
import { truncatedNormal } from "./truncatedNormal.js";
import { zeros } from "./zeros.js";

export const initializers = {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
  ones,
  orthogonal,
  randomNormal,
  randomUniform,
  truncatedNormal,
  zeros,
};

export type InitializerName = keyof typeof initializers;
export const initializerNames = Object.keys(initializers) as InitializerName[];
