/** @file He uniform: uniform in [-limit, limit), limit = sqrt(6 / fanIn). */
import { uniformScaling } from "./varianceScaling.js";

/** @see He, Zhang, Ren, Sun, Delving deep into rectifiers, 2015 */
export const heUniform = uniformScaling({ name: "heUniform", scale: 2, fan: "in" });
