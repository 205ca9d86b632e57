/** @file The schedules, one line each; a new one adds its line here. */
export { cosineDecay } from "./cosineDecay.js";
export { cosineDecayRestarts } from "./cosineDecayRestarts.js";
export { exponentialDecay } from "./exponentialDecay.js";
export { inverseTimeDecay } from "./inverseTimeDecay.js";
export { oneCycle } from "./oneCycle.js";
export { piecewiseConstant } from "./piecewiseConstant.js";
export { polynomialDecay } from "./polynomialDecay.js";
export { stepDecay } from "./stepDecay.js";
