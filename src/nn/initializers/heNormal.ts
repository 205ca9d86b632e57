/** @file He normal: normal of standard deviation sqrt(2 / fanIn), truncated at two deviations as in Keras. */
import { drawEach, fansOf, type Initializer } from "./define.js";

/** Standard deviation of a standard normal that is truncated at 2 and -2. */
const TRUNCATED_DEVIATION = 0.87962566103423978;

/**
 * Draws beyond two deviations are drawn again, and the deviation is divided by 0.8796 so that it is
 * sqrt(2 / fanIn) after the truncation. PyTorch's `kaiming_normal_` does not truncate.
 *
 * @see He, Zhang, Ren, Sun, Delving deep into rectifiers, 2015
 */
export const heNormal: Initializer = {
  name: "heNormal",
  fill: (shape, random) => {
    const deviation = Math.sqrt(2 / fansOf(shape).fanIn) / TRUNCATED_DEVIATION;
    return drawEach(shape, () => {
      let z = random.normal();
      while (Math.abs(z) > 2) z = random.normal();
      return z * deviation;
    });
  },
};
