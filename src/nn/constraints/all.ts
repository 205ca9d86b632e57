/** @file The constraints, one line each; a new one adds its line here. */
export { maxNorm } from "./maxNorm.js";
export { minMaxNorm } from "./minMaxNorm.js";
export { nonNegative } from "./nonNegative.js";
export { unitNorm } from "./unitNorm.js";
