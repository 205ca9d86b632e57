/** @file LeCun uniform: uniform in [-limit, limit), limit = sqrt(3 / fanIn). */
import { uniformScaling } from "./varianceScaling.js";

/** @see LeCun, Bottou, Orr, Müller, Efficient backprop, 1998 */
export const lecunUniform = uniformScaling({ name: "lecunUniform", scale: 1, fan: "in" });
