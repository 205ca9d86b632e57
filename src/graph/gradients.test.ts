/** @file Differentiation of whole programs: chains, shared nodes, what does not matter, second derivatives. */
import { describe, expect, test } from "vitest";
import { expectGradient } from "../../test/contract/differences.js";
import { evaluate } from "../codegen/index.js";
import { randomStream, UsageError } from "../util/index.js";
import * as ops from "./functions.js";
import { gradients } from "./gradients.js";
import type { Tensor } from "./tensor.js";
import { verify } from "./verify.js";

const x = ops.variable({ name: "x", shape: [3] });
const y = ops.variable({ name: "y", shape: [3] });
const values = new Map<Tensor, Float64Array>([
  [x, Float64Array.of(1, 2, 3)],
  [y, Float64Array.of(4, 5, 6)],
]);
const slopes = (target: Tensor, ...inputs: Tensor[]): number[][] => {
  const tensors = gradients(target, inputs);
  verify(tensors);
  return evaluate(tensors, values).map((slope) => [...slope]);
};

describe("the gradient", () => {
  test("of a product and a sum", () => {
    const target = ops.sum(ops.add(ops.multiply(x, y), x));
    expect(slopes(target, x, y)).toEqual([
      [5, 6, 7],
      [1, 2, 3],
    ]);
  });
  test("adds up over all uses of a node", () => {
    const doubled = ops.add(x, x);
    expect(slopes(ops.sum(ops.multiply(doubled, doubled)), x)).toEqual([[8, 16, 24]]);
  });
  test("with respect to an inner tensor", () => {
    const inner = ops.square(x);
    expect(slopes(ops.sum(ops.multiply(inner, y)), inner)).toEqual([[4, 5, 6]]);
  });
  test("with respect to the target itself is 1", () => {
    const target = ops.sum(x);
    expect(slopes(target, target)).toEqual([[1]]);
  });
  test("is zero, of the tensor's shape, where the target does not depend on it", () => {
    expect(slopes(ops.sum(x), y)).toEqual([[0, 0, 0]]);
    expect(slopes(ops.constant(3), x)).toEqual([[0, 0, 0]]);
  });
  test("stops at stopGradient, and only there", () => {
    const target = ops.sum(ops.multiply(x, ops.stopGradient(x)));
    expect(slopes(target, x)).toEqual([[1, 2, 3]]);
  });
  test("does not pass through comparisons, positions or whole numbers", () => {
    const mask = ops.cast(ops.less(x, 2), "float32");
    const counted = ops.cast(ops.cast(x, "int32"), "float32");
    expect(slopes(ops.sum(ops.add(ops.multiply(mask, y), counted)), x)).toEqual([[0, 0, 0]]);
  });
  test("does not leak NaN from the branch that select leaves out", () => {
    const safe = ops.select(ops.less(x, 0), ops.log(ops.negate(x)), x);
    expect(slopes(ops.sum(safe), x)).toEqual([[1, 1, 1]]);
  });
  test("flows through broadcasting: summed over the repeated axes", () => {
    const table = ops.variable({ name: "table", shape: [2, 3] });
    values.set(table, Float64Array.of(1, 2, 3, 4, 5, 6));
    expect(slopes(ops.sum(ops.multiply(table, x)), x)).toEqual([[5, 7, 9]]);
  });
  test("can be taken again: the third derivative of x^3 is 6", () => {
    let target = ops.sum(ops.multiply(x, ops.square(x)));
    for (let order = 1; order < 3; order++) target = ops.sum(gradients(target, [x])[0]);
    expect(slopes(target, x)).toEqual([[6, 6, 6]]);
  });
});

test("a chain far deeper than the call stack is differentiated", () => {
  let deep: Tensor = x;
  for (let i = 0; i < 20_000; i++) deep = ops.negate(deep);
  expect(slopes(ops.sum(deep), x)).toEqual([[1, 1, 1]]);
});

test("softmax cross-entropy of a small network agrees with finite differences, second order too", () => {
  const inputs = ops.variable({ name: "inputs", shape: [4, 3] });
  const weights = ops.variable({ name: "weights", shape: [3, 5] });
  const bias = ops.variable({ name: "bias", shape: [5] });
  const logits = ops.add(ops.tanh(ops.matMul(inputs, weights)), bias);
  const shifted = ops.subtract(logits, ops.keepLast(ops.max(logits, [-1])));
  const loss = ops.mean(
    ops.subtract(ops.log(ops.sum(ops.exp(shifted), [-1])), ops.mean(shifted, [-1])),
  );
  const stream = randomStream(1, "values");
  const at = new Map<Tensor, Float64Array>(
    [inputs, weights, bias].map((v) => [
      v,
      Float64Array.from({ length: v.shape.reduce((a, b) => a * b, 1) }, () => stream.normal()),
    ]),
  );
  expectGradient(loss, [weights, bias], at);
  const penalty = gradients(loss, [weights, bias])
    .map((slope) => ops.sum(ops.square(slope)))
    .reduce(ops.add);
  expectGradient(penalty, [weights, bias], at);
});

describe("only a float32 scalar can be differentiated", () => {
  test.each([
    [x, "[3] float32"],
    [ops.constant(1, "int32"), "[] int32"],
  ])("%#", (target, got) => {
    expect(() => gradients(target, [x])).toThrow(
      new UsageError(`gradients: target must be [] float32; got ${got}. Sum or average it first.`),
    );
  });
});
