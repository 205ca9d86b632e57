/** @file The functions that networks are written in: NumPy's broadcasting, lifted numbers, compositions. */
import { describe, expect, test } from "vitest";
import { evaluate } from "../codegen/index.js";
import { UsageError } from "../util/index.js";
import * as ops from "./functions.js";
import { gradients } from "./gradients.js";
import type { Tensor } from "./tensor.js";
import { verify } from "./verify.js";

const table = ops.variable({ name: "table", shape: [2, 3] });
const row = ops.variable({ name: "row", shape: [3] });
const column = ops.variable({ name: "column", shape: [2, 1] });
const count = ops.variable({ name: "count", shape: [3], dtype: "int32" });
const values = new Map<Tensor, number[]>([
  [table, [1, 2, 3, 4, 5, 6]],
  [row, [10, 20, 30]],
  [column, [100, 200]],
  [count, [7, 8, 9]],
]);
const valueOf = (tensor: Tensor): number[] => {
  verify([tensor]);
  return [...evaluate([tensor], values)[0]];
};

describe("broadcasting follows NumPy", () => {
  test.each<[string, Tensor, number[], number[]]>([
    ["a row", ops.add(table, row), [2, 3], [11, 22, 33, 14, 25, 36]],
    ["a row on the left", ops.subtract(row, table), [2, 3], [9, 18, 27, 6, 15, 24]],
    ["a column", ops.add(table, column), [2, 3], [101, 102, 103, 204, 205, 206]],
    ["a row and a column", ops.add(row, column), [2, 3], [110, 120, 130, 210, 220, 230]],
    ["a number", ops.divide(table, 2), [2, 3], [0.5, 1, 1.5, 2, 2.5, 3]],
    ["a number on the left", ops.subtract(1, row), [3], [-9, -19, -29]],
    ["a number of the tensor's dtype", ops.add(count, 1), [3], [8, 9, 10]],
    ["two numbers", ops.add(1, 2), [], [3]],
    [
      "select of all three",
      ops.select(ops.less(row, 15), column, 0),
      [2, 3],
      [100, 0, 0, 200, 0, 0],
    ],
    ["greater", ops.greater(table, 3), [2, 3], [0, 0, 0, 1, 1, 1]],
  ])("%s", (_, tensor, shape, expected) => {
    expect(tensor.shape).toEqual(shape);
    expect(valueOf(tensor)).toEqual(expected);
  });

  test("shapes that do not fit get their sentence, with the operation's name", () => {
    const pair = ops.variable({ name: "pair", shape: [2] });
    expect(() => ops.multiply(table, pair)).toThrow(
      new UsageError(
        "multiply: shapes must be equal, or 1, axis by axis from the last; got [2, 3] and [2].",
      ),
    );
    expect(() => ops.select(ops.less(pair, 0), row, 0)).toThrow("select: shapes must be equal");
  });

  test("broadcastTo does not shrink", () => {
    expect(() => ops.broadcastTo(table, [1, 3])).toThrow(
      new UsageError(
        "broadcastTo: the shape must be one that the input stretches to; got [2, 3] float32 to [1, 3].",
      ),
    );
    expect(() => ops.broadcastTo(table, [3])).toThrow("broadcastTo: the shape must be");
    expect(() => ops.broadcastTo(table, [4, 3])).toThrow("broadcastTo: shapes must be equal");
  });

  test("what has the shape already is returned as it is", () => {
    expect(ops.broadcastTo(table, [2, 3])).toBe(table);
  });
});

describe("reductions", () => {
  test.each<[string, Tensor, number[]]>([
    ["sum of all", ops.sum(table), [21]],
    ["sum over the last axis", ops.sum(table, [-1]), [6, 15]],
    ["mean of all", ops.mean(table), [3.5]],
    ["mean over the first axis", ops.mean(table, [0]), [2.5, 3.5, 4.5]],
    ["max over the first axis", ops.max(table, [-2]), [4, 5, 6]],
    ["sum of a scalar", ops.sum(ops.constant(4)), [4]],
    ["max of a scalar", ops.max(ops.constant(4)), [4]],
    ["keepLast", ops.multiply(table, ops.keepLast(ops.sum(table, [-1]))), [6, 12, 18, 60, 75, 90]],
  ])("%s", (_, tensor, expected) => {
    const actual = valueOf(tensor);
    actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 12));
    expect(actual.length).toBe(expected.length);
  });
});

describe("argMax", () => {
  const scores = ops.variable({ name: "scores", shape: [5, 3] });
  const given = [1, 3, 2, 5, 5, 4, -1, -2, -1, -Infinity, -Infinity, -Infinity, 0, NaN, 9];
  test("is the first of equal maxima; where an element is NaN, the axis' size", () => {
    const position = ops.argMax(scores);
    expect([position.shape, position.dtype]).toEqual([[5], "int32"]);
    expect([...evaluate([position], new Map([[scores, given]]))[0]]).toEqual([1, 0, 0, 0, 3]);
  });
});

test("relu is max(x, 0), with slope 0 at 0, and keeps NaN", () => {
  const x = ops.variable({ name: "x", shape: [4] });
  const y = ops.relu(x);
  const [value, slope] = evaluate(
    [y, ...gradients(ops.sum(y), [x])],
    new Map([[x, [-1, 0, 2, NaN]]]),
  );
  expect([...value]).toEqual([0, 0, 2, NaN]);
  expect([...slope]).toEqual([0, 0, 1, 0]);
});
