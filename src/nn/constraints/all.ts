/** @file The constraints, one line each; a new one adds its line here. */
export { maxNorm } from "./maxNorm.js";
