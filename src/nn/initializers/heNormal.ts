/** @file He normal: normal of deviation sqrt(2 / fanIn), truncated at two deviations. */
import { normalScaling } from "./varianceScaling.js";

/** @see He, Zhang, Ren, Sun, Delving deep into rectifiers, 2015 */
export const heNormal = normalScaling({ name: "heNormal", scale: 2, fan: "in" });
