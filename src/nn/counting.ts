/** @file Arithmetic of counters that are part of a program: whole parts and multiples. */
import { ops, type Tensor } from "../graph/index.js";

/** The whole part of a number that is not negative. */
const floor = (x: Tensor): Tensor => ops.cast(ops.cast(x, "int32"), "float32");

/**
 * `floor(count / size)`, float32. Exact while count is below 2^24: a quotient that is not whole is then
 * farther from the next whole number than it can be rounded. (A product with 1 / size would not do.)
 */
export function periodsIn(count: Tensor, size: number): Tensor {
  return floor(ops.divide(ops.cast(count, "float32"), size));
}

/** Whether count is a multiple of size; bool, exact while count is below 2^24. */
export function isMultiple(count: Tensor, size: number): Tensor {
  return ops.equal(ops.multiply(periodsIn(count, size), size), ops.cast(count, "float32"));
}
