/** @file The batch augmentations, one line each; a new one adds its line here. */
export { cutmix } from "./cutmix.js";
export { flip } from "./flip.js";
export { mixup } from "./mixup.js";
export { noise } from "./noise.js";
export { randomErasing } from "./randomErasing.js";
export { rotate } from "./rotate.js";
export { shift } from "./shift.js";
export { zoom } from "./zoom.js";
