/** @file The judge itself: float64 throughout, every node once, and no value taken from nowhere. */
import { expect, test } from "vitest";
import { ops, variable, type Tensor } from "../../graph/index.js";
import { UsageError } from "../../util/index.js";
import { evaluate } from "./evaluate.js";

const x = variable({ name: "x", shape: [2] });

test("computes in float64, with no rounding to float32", () => {
  const third = ops.divide(x, 3);
  expect([...evaluate([third], new Map([[x, [1, 2]]]))[0]]).toEqual([1 / 3, 2 / 3]);
  expect(1 / 3).not.toBe(Math.fround(1 / 3));
});

test("gives the values in the order of the outputs, an output twice too, and copies", () => {
  const given = Float64Array.of(1, 2);
  const [doubled, same, again] = evaluate([ops.add(x, x), x, x], new Map([[x, given]]));
  expect([[...doubled], [...same], [...again]]).toEqual([
    [2, 4],
    [1, 2],
    [1, 2],
  ]);
  same.fill(9);
  expect([...given]).toEqual([1, 2]);
});

test("computes each node once, however many paths lead to it", () => {
  let node: Tensor = x;
  for (let i = 0; i < 50; i++) node = ops.multiply(ops.add(node, node), 0.5);
  expect([...evaluate([node], new Map([[x, [1, 2]]]))[0]]).toEqual([1, 2]);
});

test("a variable without a value gets its sentence", () => {
  expect(() => evaluate([ops.exp(x)], new Map())).toThrow(
    new UsageError("variable x: a value must be given to evaluate it."),
  );
});
