/** @file Scalar operations on constants are computed beforehand, exactly as the judge would. */
import { describe, expect, test } from "vitest";
import { expectSameProgram } from "../../../test/contract/rewriting.js";
import { variable } from "../functions.js";
import { primitives as p } from "../ops/index.js";
import { printGraph } from "../print.js";
import type { Tensor } from "../tensor.js";
import { foldConstants } from "./foldConstants.js";

const c = p.constant;

describe("becomes a constant", () => {
  test.each<[string, Tensor, string]>([
    ["1 - 0.9, unrounded", p.subtract(c(1), c(0.9)), "{value: 0.09999999999999998} [] float32"],
    ["a chain", p.sqrt(p.add(c(4), p.multiply(c(6), c(2)))), "{value: 4} [] float32"],
    ["1 / 0", p.divide(c(1), c(0)), "{value: Infinity} [] float32"],
    ["0 / 0", p.divide(c(0), c(0)), "{value: NaN} [] float32"],
    ["-(0)", p.negate(c(0)), "{value: -0} [] float32"],
    ["a comparison", p.less(c(1), c(2)), "{value: 1} [] bool"],
    ["a cast", p.cast(c(-1.5), "int32"), "{value: -1} [] int32"],
    [
      "int32 arithmetic, which wraps",
      p.add(c(2 ** 31 - 1, "int32"), c(1, "int32")),
      "{value: -2147483648} [] int32",
    ],
    ["select", p.select(c(0, "bool"), c(1), c(2)), "{value: 2} [] float32"],
  ])("%s", (_, before, expected) => {
    const after = foldConstants([before]);
    expect(printGraph(after)).toBe(`%0 = constant ${expected}\nreturn %0`);
    expectSameProgram([before], after);
  });
});

test("what depends on a variable, is no scalar, or has no inputs stays", () => {
  const x = variable({ name: "x", shape: [] });
  const roots = [p.add(x, c(1)), p.broadcast(c(1), { shape: [3], axes: [] }), c(7), x];
  expect(foldConstants(roots)).toEqual(roots);
  foldConstants(roots).forEach((root, i) => expect(root).toBe(roots[i]));
});
