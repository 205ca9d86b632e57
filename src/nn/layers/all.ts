/** @file The layers, one line each; a new one adds its line here. */
export { activation } from "./activation.js";
export { averagePooling2d } from "./averagePooling2d.js";
export { batchNormalization } from "./batchNormalization.js";
export { concatenate } from "./concatenate.js";
export { conv2d } from "./conv2d.js";
export { dense } from "./dense.js";
export { dropout } from "./dropout.js";
export { embedding } from "./embedding.js";
export { flatten } from "./flatten.js";
export { globalAveragePooling2d } from "./globalAveragePooling2d.js";
export { groupNormalization } from "./groupNormalization.js";
export { layerNormalization } from "./layerNormalization.js";
export { maxPooling2d } from "./maxPooling2d.js";
export { add, average, maximum, multiply, subtract } from "./merging.js";
export { reshape } from "./reshape.js";
export { rmsNormalization } from "./rmsNormalization.js";
