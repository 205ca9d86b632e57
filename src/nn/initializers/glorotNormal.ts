/** @file Glorot normal: normal of deviation sqrt(2 / (fanIn + fanOut)), truncated at two deviations. */
import { normalScaling } from "./varianceScaling.js";

/** @see Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks, 2010 */
export const glorotNormal = normalScaling({ name: "glorotNormal", scale: 1, fan: "average" });
