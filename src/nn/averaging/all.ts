/** @file The averagings of weights, one line each; a new one adds its line here. */
export { ema } from "./ema.js";
export { swa } from "./swa.js";
