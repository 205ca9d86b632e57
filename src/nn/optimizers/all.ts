/** @file The optimizers, one line each; a new one adds its line here. */
export { adam } from "./adam.js";
export { sgd } from "./sgd.js";
