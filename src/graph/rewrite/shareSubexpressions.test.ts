/** @file Equal nodes become one; nodes that differ in anything do not. */
import { describe, expect, test } from "vitest";
import { expectSameProgram } from "../../../test/contract/rewriting.js";
import { variable } from "../functions.js";
import { primitives as p } from "../ops/index.js";
import type { Tensor } from "../tensor.js";
import { shareSubexpressions } from "./shareSubexpressions.js";

const x = variable({ name: "x", shape: [3, 4] });
const y = variable({ name: "y", shape: [3, 4] });
const count = variable({ name: "count", shape: [], dtype: "int32" });
const other = variable({ name: "count", shape: [], dtype: "int32" });
const bits = (counter: Tensor, first: number, width: number): Tensor =>
  p.randomBits(counter, { shape: [3, width], key: [first, 2] });

function areShared(a: Tensor, b: Tensor): boolean {
  const after = shareSubexpressions([a, b]);
  expectSameProgram([a, b], after);
  return after[0] === after[1];
}

describe("shared are", () => {
  test.each<[string, () => Tensor]>([
    ["equal operations on the same tensors", () => p.add(x, y)],
    ["whole equal graphs", () => p.matMul(p.exp(x), p.tanh(y), { transposeB: true })],
    ["equal constants", () => p.constant(0.5)],
    ["NaN constants", () => p.constant(NaN)],
    ["random bits of one key, counter and shape", () => bits(count, 1, 4)],
    ["equal views", () => p.broadcast(p.transpose(x, [1, 0]), { shape: [2, 4, 3], axes: [1, 2] })],
  ])("%s", (_, build) => expect(areShared(build(), build())).toBe(true));
});

describe("not shared are", () => {
  const c = p.constant;
  test.each<[string, Tensor, Tensor]>([
    ["different operations", p.add(x, y), p.subtract(x, y)],
    ["operands in another order", p.subtract(x, y), p.subtract(y, x)],
    ["other values", c(1), c(2)],
    ["0 and -0", c(0), c(-0)],
    ["NaN and Infinity", c(NaN), c(Infinity)],
    ["Infinity and -Infinity", c(Infinity), c(-Infinity)],
    ["numbers that agree to 15 digits", c(0.1), c(0.1 + 2 ** -56)],
    ["other dtypes", c(1), c(1, "int32")],
    ["other axes", p.reduceSum(x, [0]), p.reduceSum(x, [1])],
    ["other flags", p.matMul(x, y, { transposeA: true }), p.matMul(x, y, { transposeB: true })],
    ["other keys", bits(count, 1, 4), bits(count, 2, 4)],
    ["other shapes", bits(count, 1, 4), bits(count, 1, 5)],
    ["other counters", bits(count, 1, 4), bits(other, 1, 4)],
    ["two variables of one name", count, other],
  ])("%s", (_, a, b) => expect(areShared(a, b)).toBe(false));
});

test("a graph without repetition stays the same object", () => {
  const root = p.add(p.exp(x), y);
  expect(shareSubexpressions([root])[0]).toBe(root);
});
