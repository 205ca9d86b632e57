/** @file Glorot uniform: uniform in [-limit, limit), limit = sqrt(6 / (fanIn + fanOut)). */
import { uniformScaling } from "./varianceScaling.js";

/**
 * Keras' default for dense and convolution kernels (PyTorch: `xavier_uniform_`; its own default for
 * linear layers is 1 / sqrt(fanIn)).
 *
 * @see Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks, 2010
 */
export const glorotUniform = uniformScaling({ name: "glorotUniform", scale: 1, fan: "average" });
