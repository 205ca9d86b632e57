/** @file The regularizers, one line each; a new one adds its line here. */
export { elasticNet } from "./elasticNet.js";
export { groupLasso } from "./groupLasso.js";
export { l1 } from "./l1.js";
export { l2 } from "./l2.js";
export { orthogonal } from "./orthogonal.js";
