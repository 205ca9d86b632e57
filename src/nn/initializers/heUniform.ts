/** @file He uniform: uniform in [-limit, limit), limit = sqrt(6 / fanIn). */
import { drawEach, fansOf, type Initializer } from "./define.js";

/** @see He, Zhang, Ren, Sun, Delving deep into rectifiers, 2015 */
export const heUniform: Initializer = {
  name: "heUniform",
  fill: (shape, random) => {
    const limit = Math.sqrt(6 / fansOf(shape).fanIn);
    return drawEach(shape, () => (2 * random.uniform() - 1) * limit);
  },
};
