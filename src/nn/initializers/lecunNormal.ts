/** @file LeCun normal: normal of deviation sqrt(1 / fanIn), truncated at two deviations. */
import { normalScaling } from "./varianceScaling.js";

/**
 * For kernels before `selu`, whose fixed point needs it.
 *
 * @see Klambauer et al., Self-normalizing neural networks, 2017
 */
export const lecunNormal = normalScaling({ name: "lecunNormal", scale: 1, fan: "in" });
