/** @file The losses, one line each; a new one adds its line here. */
export { binaryCrossEntropy } from "./binaryCrossEntropy.js";
export { categoricalCrossEntropy } from "./categoricalCrossEntropy.js";
export { hinge } from "./hinge.js";
export { huber } from "./huber.js";
export { klDivergence } from "./klDivergence.js";
export { meanAbsoluteError } from "./meanAbsoluteError.js";
export { meanSquaredError } from "./meanSquaredError.js";
export { poisson } from "./poisson.js";
