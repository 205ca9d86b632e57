/** @file Each rule of simplify: what it makes of its pattern, and that it leaves look-alikes alone. */
import { describe, expect, test } from "vitest";
import { expectSameProgram } from "../../../test/contract/rewriting.js";
import { broadcastTo, variable } from "../functions.js";
import { primitives as p } from "../ops/index.js";
import { printGraph } from "../print.js";
import type { DType, Shape, Tensor } from "../tensor.js";
import { simplify } from "./simplify.js";

const of = (name: string, shape: Shape, dtype: DType = "float32"): Tensor =>
  variable({ name, shape, dtype });
const filled = (value: number, shape: Shape, dtype?: DType): Tensor =>
  broadcastTo(p.constant(value, dtype), shape);

const x = of("x", [3, 4]);
const y = of("y", [3, 4]);
const [i, j] = [of("i", [3, 4], "int32"), of("j", [3, 4], "int32")];
const cube = of("cube", [2, 3, 4]);
const row = of("row", [4]);
const scalar = of("scalar", []);
const one = filled(1, [3, 4]);
const zero = filled(0, [3, 4]);

/** The simplified form prints as the expected one does, and has the same bits as before. */
function expectForm(before: Tensor, expected: Tensor): void {
  const after = simplify([before]);
  expect(printGraph(after)).toBe(printGraph([expected]));
  expectSameProgram([before], after);
}

describe("views", () => {
  const repeatedRow = p.broadcast(row, { shape: [3, 4], axes: [1] });
  test.each<[string, Tensor, Tensor]>([
    ["reshape to the same shape", p.reshape(x, [3, 4]), x],
    ["reshape of reshape", p.reshape(p.reshape(x, [12]), [2, 6]), p.reshape(x, [2, 6])],
    ["reshape there and back", p.reshape(p.reshape(x, [12]), [3, 4]), x],
    ["reshape of a scalar", p.reshape(scalar, [1, 1]), broadcastTo(scalar, [1, 1])],
    [
      "reshape of a repeated scalar",
      p.reshape(broadcastTo(scalar, [3, 4]), [12]),
      broadcastTo(scalar, [12]),
    ],
    ["transpose that moves nothing", p.transpose(x, [0, 1]), x],
    ["transpose there and back", p.transpose(p.transpose(x, [1, 0]), [1, 0]), x],
    [
      "transpose of transpose",
      p.transpose(p.transpose(cube, [1, 2, 0]), [0, 2, 1]),
      p.transpose(cube, [1, 0, 2]),
    ],
    [
      "transpose of a repeated scalar",
      p.transpose(broadcastTo(scalar, [3, 4]), [1, 0]),
      broadcastTo(scalar, [4, 3]),
    ],
    ["broadcast to the same shape", p.broadcast(x, { shape: [3, 4], axes: [0, 1] }), x],
    [
      "broadcast of broadcast",
      p.broadcast(repeatedRow, { shape: [3, 5, 4], axes: [0, 2] }),
      p.broadcast(row, { shape: [3, 5, 4], axes: [2] }),
    ],
  ])("%s", (_, before, expected) => expectForm(before, expected));

  test.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])("transposed operands become flags: %s, %s", (transposeA, transposeB) => {
    const a = of("a", transposeA ? [3, 5] : [5, 3]);
    const b = of("b", transposeB ? [4, 3] : [3, 4]);
    const [turnedA, turnedB] = [a, b].map((matrix) => p.transpose(matrix, [1, 0]));
    const both = { transposeA: !transposeA, transposeB: !transposeB };
    const expected = p.matMul(a, b, { transposeA, transposeB });
    expectForm(p.matMul(turnedA, turnedB, both), expected);
    expectForm(p.matMul(turnedA, b, { ...both, transposeB }), expected);
    expectForm(p.matMul(a, turnedB, { ...both, transposeA }), expected);
  });
});

describe("arithmetic", () => {
  const decided = (value: number): Tensor => p.select(filled(value, [3, 4], "bool"), x, y);
  test.each<[string, Tensor, Tensor]>([
    ["stopGradient", p.exp(p.stopGradient(x)), p.exp(x)],
    ["cast to the same dtype", p.cast(x, "float32"), x],
    ["x * 1", p.multiply(x, one), x],
    ["1 * x", p.multiply(one, x), x],
    ["scalar * 1", p.multiply(scalar, p.constant(1)), scalar],
    ["x / 1", p.divide(x, one), x],
    ["x - 0", p.subtract(x, zero), x],
    ["x + -0", p.add(x, filled(-0, [3, 4])), x],
    ["i + 0", p.add(i, filled(0, [3, 4], "int32")), i],
    ["0 + i", p.add(filled(0, [3, 4], "int32"), i), i],
    ["i * 1", p.multiply(i, filled(1, [3, 4], "int32")), i],
    ["-(-x)", p.negate(p.negate(x)), x],
    ["x + -y", p.add(x, p.negate(y)), p.subtract(x, y)],
    ["-x + y", p.add(p.negate(x), y), p.subtract(y, x)],
    ["i + -j", p.add(i, p.negate(j)), p.subtract(i, j)],
    ["x - -y", p.subtract(x, p.negate(y)), p.add(x, y)],
    ["select with a true condition", decided(1), x],
    ["select with a false condition", decided(0), y],
    ["maximum(0, x)", p.maximum(zero, x), p.maximum(x, zero)],
    ["equal(1, x)", p.equal(one, x), p.equal(x, one)],
  ])("%s", (_, before, expected) => expectForm(before, expected));

  test.each<[string, Tensor]>([
    ["x + 0, which turns -0 into 0", p.add(x, zero)],
    ["0 - x, which is 0 and not -0 at 0", p.subtract(zero, x)],
    ["x - -0, which turns -0 into 0", p.subtract(x, filled(-0, [3, 4]))],
    ["x * 0, which may be NaN", p.multiply(x, zero)],
    ["x - x, which may be NaN", p.subtract(x, x)],
    ["x / x, which may be NaN", p.divide(x, x)],
    ["1 / x", p.divide(one, x)],
    [
      "(x * 2) * 3, which rounds twice",
      p.multiply(p.multiply(x, filled(2, [3, 4])), filled(3, [3, 4])),
    ],
    ["cast to int32 and back", p.cast(p.cast(x, "int32"), "float32")],
    ["less(0, x), which does not commute", p.less(zero, x)],
  ])("leaves %s", (_, before) => expect(simplify([before])[0]).toBe(before));
});

test("what no root needs is dropped, and variables stay the same objects", () => {
  const after = simplify([p.add(p.multiply(x, one), p.stopGradient(y))]);
  expect(after[0].inputs).toEqual([x, y]);
  expect(after[0].inputs[0]).toBe(x);
});
