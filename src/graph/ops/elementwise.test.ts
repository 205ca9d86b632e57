/** @file Elementwise operations beyond the contract: whole numbers wrap, comparisons and NaN, select. */
import { describe, expect, test } from "vitest";
import { evaluate } from "../../codegen/index.js";
import { variable } from "../functions.js";
import type { DType, Tensor } from "../tensor.js";
import { primitives as p } from "./index.js";

/** Applies an operation to lists of values. */
function applied(
  dtype: DType,
  lists: readonly (readonly number[])[],
  build: (...inputs: Tensor[]) => Tensor,
): number[] {
  const inputs = lists.map(({ length }, i) => variable({ name: `x${i}`, shape: [length], dtype }));
  const values = new Map(inputs.map((input, i) => [input, Float64Array.from(lists[i])]));
  return [...evaluate([build(...inputs)], values)[0]];
}

const MAX = 2 ** 31 - 1;
const MIN = -(2 ** 31);

describe("int32 arithmetic wraps, as Int32Array and WebAssembly do", () => {
  test.each([
    ["add", [MAX, MIN, 5], [1, -1, -9], [MIN, MAX, -4]],
    ["subtract", [MIN, 5], [1, 9], [MAX, -4]],
    ["multiply", [65536, MAX, -3], [65536, 2, 7], [0, -2, -21]],
    ["maximum", [MAX, -2], [1, -1], [MAX, -1]],
    ["minimum", [MIN, -2], [1, -1], [MIN, -2]],
  ] as const)("%s", (name, a, b, expected) =>
    expect(applied("int32", [a, b], p[name])).toEqual(expected),
  );
  test("negate, which has no -0", () => {
    expect(applied("int32", [[MIN, 0, 7]], p.negate)).toEqual([MIN, 0, -7]);
  });
  test("reduceSum", () => {
    expect(applied("int32", [[MAX, MAX, 2]], (x) => p.reduceSum(x, [0]))).toEqual([0]);
  });
});

describe("comparisons, as 0 and 1", () => {
  const a = [1, 2, 2, NaN, 0, NaN, -Infinity];
  const b = [2, 1, 2, 1, -0, NaN, Infinity];
  test("less is false for equal values and for NaN", () =>
    expect(applied("float32", [a, b], p.less)).toEqual([1, 0, 0, 0, 0, 0, 1]));
  test("equal is false for NaN, and true for 0 and -0", () =>
    expect(applied("float32", [a, b], p.equal)).toEqual([0, 0, 1, 0, 1, 0, 0]));
});

test("maximum and minimum of NaN and a number are NaN, whichever comes first", () => {
  for (const name of ["maximum", "minimum"] as const) {
    expect(
      applied(
        "float32",
        [
          [NaN, 1, NaN],
          [1, NaN, NaN],
        ],
        p[name],
      ),
    ).toEqual([NaN, NaN, NaN]);
  }
});

test("select takes one branch as it is: NaN in the other does not leak", () => {
  const build = (a: Tensor, b: Tensor): Tensor => p.select(p.less(a, b), a, b);
  expect(
    applied(
      "float32",
      [
        [1, 5, NaN],
        [NaN, 3, 2],
      ],
      build,
    ),
  ).toEqual([NaN, 3, 2]);
});

test("expm1 and tanh keep their digits near 0, where the composed forms lose them", () => {
  // x + x^2 / 2 and x - x^3 / 3, whose next terms are below float64's precision here.
  const x = 1e-9;
  expect(applied("float32", [[x]], p.expm1)[0] / (x + x ** 2 / 2)).toBeCloseTo(1, 14);
  expect(applied("float32", [[x]], p.tanh)[0] / (x - x ** 3 / 3)).toBeCloseTo(1, 14);
});
