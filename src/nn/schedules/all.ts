/** @file The schedules, one line each; a new one adds its line here. */
export { exponentialDecay } from "./exponentialDecay.js";
