/** @file The components that the parts of a recipe can be, by what each part is called. */
import { augmentations } from "./augmentations/list.js";
import { averagings } from "./averaging/list.js";
import type { Component } from "./component.js";
import { layers } from "./layers/list.js";
import { losses } from "./losses/list.js";
import { optimizers } from "./optimizers/list.js";

/**
 * The definitions of everything that a model and its training are put together from, for what reads or writes
 * specs: schemas of files, forms. What a component is made of, such as a layer's regularizer, its parameters say.
 */
export const components = {
  layer: layers,
  optimizer: optimizers,
  loss: losses,
  augmentation: augmentations,
  averaging: averagings,
} as const satisfies Readonly<Record<string, readonly Component[]>>;
