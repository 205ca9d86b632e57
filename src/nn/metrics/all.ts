/** @file The metrics, one line each; a new one adds its line here. */
export { accuracy } from "./accuracy.js";
