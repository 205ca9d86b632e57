/** @file The reparametrizations, one line each; a new one adds its line here. */
export { spectralNormalization } from "./spectralNormalization.js";
