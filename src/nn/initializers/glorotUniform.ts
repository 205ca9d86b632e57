/** @file Glorot uniform: uniform in [-limit, limit), limit = sqrt(6 / (fanIn + fanOut)). */
import { drawEach, fansOf, type Initializer } from "./define.js";

/**
 * Keras' default for dense and convolution kernels (PyTorch: `xavier_uniform_`; its own default for
 * linear layers is 1 / sqrt(fanIn)).
 *
 * @see Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks, 2010
 */
export const glorotUniform: Initializer = {
  name: "glorotUniform",
  fill: (shape, random) => {
    const { fanIn, fanOut } = fansOf(shape);
    const limit = Math.sqrt(6 / (fanIn + fanOut));
    return drawEach(shape, () => (2 * random.uniform() - 1) * limit);
  },
};
