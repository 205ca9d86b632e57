/** @file The optimizers, one line each; a new one adds its line here. */
export { adagrad } from "./adagrad.js";
export { adam } from "./adam.js";
export { adamW } from "./adamW.js";
export { lion } from "./lion.js";
export { rmsprop } from "./rmsprop.js";
export { sgd } from "./sgd.js";
