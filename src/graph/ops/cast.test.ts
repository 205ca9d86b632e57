/** @file Casts: truncation towards zero, saturation, NaN, as WebAssembly's trunc_sat does. */
import { expect, test } from "vitest";
import { evaluate } from "../../codegen/index.js";
import { variable } from "../functions.js";
import type { DType } from "../tensor.js";
import { primitives as p } from "./index.js";

test.each<[DType, DType, number[], number[]]>([
  ["float32", "int32", [1.9, -1.9, 0.999, -0.5], [1, -1, 0, 0]],
  [
    "float32",
    "int32",
    [3e9, -3e9, Infinity, -Infinity],
    [2147483647, -2147483648, 2147483647, -2147483648],
  ],
  ["float32", "int32", [NaN, -0], [0, 0]],
  ["float32", "float32", [1.5, NaN, -0], [1.5, NaN, -0]],
  ["int32", "float32", [-7, 0], [-7, 0]],
  ["uint8", "float32", [0, 255], [0, 255]],
  ["bool", "int32", [0, 1], [0, 1]],
])("%s to %s: %j", (from, to, values, expected) => {
  const x = variable({ name: "x", shape: [values.length], dtype: from });
  const result = p.cast(x, to);
  expect(result.dtype).toBe(to);
  expect([...evaluate([result], new Map([[x, values]]))[0]]).toEqual(expected);
});
