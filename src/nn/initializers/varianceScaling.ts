/** @file Initializers whose variance is a share of 1 / fan: what Glorot, He and LeCun have in common. */
import type { Shape } from "../../graph/index.js";
import { drawEach, drawUniform, fansOf, type Initializer } from "./define.js";
import { drawTruncated } from "./truncated.js";

export interface Scaling {
  readonly name: string;
  /** The variance is scale / fan. */
  readonly scale: number;
  /** Inputs, or the mean of inputs and outputs. */
  readonly fan: "in" | "average";
}

function varianceOf(shape: Shape, { scale, fan }: Scaling): number {
  const { fanIn, fanOut } = fansOf(shape);
  return scale / (fan === "in" ? fanIn : (fanIn + fanOut) / 2);
}

/** Uniform in [-limit, limit), limit = sqrt(3 scale / fan). */
export function uniformScaling(scaling: Scaling): Initializer {
  return {
    name: scaling.name,
    fill: (shape, random) =>
      drawUniform(shape, { random, limit: Math.sqrt(3 * varianceOf(shape, scaling)) }),
  };
}

/** Standard deviation of a standard normal that is truncated at 2 and -2. */
const TRUNCATED_DEVIATION = 0.87962566103423978;

/**
 * Normal, truncated at two deviations, of deviation sqrt(scale / fan) after the truncation, as in Keras.
 * PyTorch's `_normal_` initializers do not truncate.
 */
export function normalScaling(scaling: Scaling): Initializer {
  return {
    name: scaling.name,
    fill: (shape, random) => {
      const deviation = Math.sqrt(varianceOf(shape, scaling)) / TRUNCATED_DEVIATION;
      return drawEach(shape, () => drawTruncated(random) * deviation);
    },
  };
}
