/** @file Numbers in tests: closeness with named tolerances, and values of tensors in float64. */
import { expect } from "vitest";
import { evaluate } from "../../src/codegen/index.js";
import type { Tensor, Variable } from "../../src/graph/index.js";

export interface Tolerance {
  readonly relative: number;
  readonly absolute: number;
}

/** Golden vectors against the float64 judge: after one evaluation, and after ten optimizer steps. */
export const FLOAT64: Tolerance = { relative: 1e-12, absolute: 1e-15 };
export const FLOAT64_TEN_STEPS: Tolerance = { relative: 1e-10, absolute: 1e-13 };
/** Golden vectors against float32 kernels. */
export const FLOAT32: Tolerance = { relative: 1e-5, absolute: 1e-6 };

/** Fails unless every number lies within `absolute + relative * |expected|` of the expected one. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative, absolute }: Tolerance,
): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const allowed = absolute + relative * Math.abs(expected[i]);
    if (!(Math.abs(actual[i] - expected[i]) <= allowed)) {
      expect.fail(`element ${i}: expected ${expected[i]} within ${allowed}, got ${actual[i]}`);
    }
  }
}

/** The values of some tensors in float64. */
export function valuesOf(
  tensors: readonly Tensor[],
  variables: ReadonlyMap<Variable, ArrayLike<number>> = new Map(),
): Float64Array[] {
  return evaluate(tensors, variables);
}
