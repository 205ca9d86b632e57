/** @file The metrics, one line each; a new one adds its line here. */
export { accuracy } from "./accuracy.js";
export { brier } from "./brier.js";
export { expectedCalibrationError } from "./expectedCalibrationError.js";
export { f1 } from "./f1.js";
export { logLoss } from "./logLoss.js";
export { meanAbsoluteError } from "./meanAbsoluteError.js";
export { precision } from "./precision.js";
export { r2 } from "./r2.js";
export { recall } from "./recall.js";
export { rocAuc } from "./rocAuc.js";
export { rootMeanSquaredError } from "./rootMeanSquaredError.js";
export { topKAccuracy } from "./topKAccuracy.js";
