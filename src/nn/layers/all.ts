/** @file The layers, one line each; a new one adds its line here. */
export { alphaDropout } from "./alphaDropout.js";
export { averagePooling2d } from "./averagePooling2d.js";
export { conv2d } from "./conv2d.js";
export { dense } from "./dense.js";
export { dropConnect } from "./dropConnect.js";
export { dropout } from "./dropout.js";
export { flatten } from "./flatten.js";
export { gaussianDropout } from "./gaussianDropout.js";
export { gaussianNoise } from "./gaussianNoise.js";
export { globalAveragePooling2d } from "./globalAveragePooling2d.js";
export { maxPooling2d } from "./maxPooling2d.js";
export { spatialDropout2d } from "./spatialDropout2d.js";
export { stochasticDepth } from "./stochasticDepth.js";
