/** @file Remedies against subnormal numbers in what an optimizer remembers. */
import { ops, type Tensor } from "../../graph/index.js";

/** Its last bit is 1e-31: times a learning rate still normal. */
const COARSE = 1e-24;

/**
 * x, rounded to multiples of 1e-31 where it is smaller than 1e-24; 0 stays 0.
 *
 * A moving average of zero gradients decays until, after some 800 steps, it is subnormal, and stays so
 * for ever: rounding makes 0.9 * 4 units 4 units again. WebAssembly cannot flush such numbers, and steps
 * over them, or over their products with a learning rate, take several times as long. Adding a constant
 * and taking it away again leaves nothing between 0 and 1e-31, and costs no time that could be measured
 * (comparing does). What it rounds away moves a weight by 1e-27 at most.
 */
export function avoidSubnormal(x: Tensor): Tensor {
  return ops.subtract(ops.add(x, COARSE), COARSE);
}

/**
 * Keeps a mean square above 1e-35, where numbers are normal. Its root, 1e-16 for the usual beta2 of
 * Adam, is nothing beside epsilon.
 */
const SMALLEST_SQUARE = 1e-35;

/** `decay before + (1 - decay) g^2`, never subnormal. */
export function meanSquare(before: Tensor, gradient: Tensor, decay: number): Tensor {
  return ops.add(
    ops.multiply(before, decay),
    ops.add(ops.multiply(ops.square(gradient), 1 - decay), SMALLEST_SQUARE),
  );
}
