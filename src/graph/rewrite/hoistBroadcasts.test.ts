/** @file Elementwise operations move inside of broadcasts, along exactly the axes that do not vary. */
import { describe, expect, test } from "vitest";
import { expectSameProgram } from "../../../test/contract/rewriting.js";
import { broadcastTo, variable } from "../functions.js";
import { primitives as p } from "../ops/index.js";
import { printGraph } from "../print.js";
import type { Shape, Tensor } from "../tensor.js";
import { hoistBroadcasts } from "./hoistBroadcasts.js";

const shape = [2, 3, 4];
const at = (x: Tensor, axes: readonly number[], to: Shape = shape): Tensor =>
  p.broadcast(x, { shape: to, axes });
const [a, b] = ["a", "b"].map((name) => variable({ name, shape: [] }));
const middle = variable({ name: "middle", shape: [3] });
const last = variable({ name: "last", shape: [4] });
const whole = variable({ name: "whole", shape });
const count = variable({ name: "count", shape: [], dtype: "int32" });

function expectForm(before: Tensor, expected: Tensor): void {
  const after = hoistBroadcasts([before]);
  expect(printGraph(after)).toBe(printGraph([expected]));
  expectSameProgram([before], after);
}

describe("moves inside", () => {
  const condition = p.less(at(a, []), at(b, []));
  const both = [3, 4];
  test.each<[string, Tensor, Tensor]>([
    ["of one scalar", p.exp(at(a, [])), at(p.exp(a), [])],
    ["of two scalars", p.add(at(a, []), at(b, [])), at(p.add(a, b), [])],
    [
      "of the same vector",
      p.multiply(at(middle, [1]), at(middle, [1])),
      at(p.multiply(middle, middle), [1]),
    ],
    [
      "of a vector and a scalar",
      p.add(at(middle, [1]), at(a, [])),
      at(p.add(middle, at(a, [], [3])), [1]),
    ],
    [
      "of vectors at different axes, short of the third",
      p.add(at(middle, [1]), at(last, [2])),
      at(p.add(at(middle, [0], both), at(last, [1], both)), [1, 2]),
    ],
    ["with attributes", p.cast(at(count, []), "float32"), at(p.cast(count, "float32"), [])],
    [
      "of three inputs, in one sweep with what they depend on",
      p.select(condition, at(a, []), at(b, [])),
      at(p.select(p.less(a, b), a, b), []),
    ],
  ])("%s", (_, before, expected) => expectForm(before, expected));
});

describe("leaves", () => {
  const first = variable({ name: "first", shape: [2, 3] });
  test.each<[string, Tensor]>([
    ["an operation with an input that is no broadcast", p.add(whole, at(a, []))],
    ["broadcasts that together vary along all axes", p.add(at(first, [0, 1]), at(last, [2]))],
    ["a transpose, though its shape is the same", p.transpose(at(middle, [1], [3, 3]), [1, 0])],
    ["a product of squares", p.matMul(at(middle, [1], [3, 3]), at(middle, [1], [3, 3]))],
    ["a reduction of a broadcast", p.reduceSum(at(a, []), [0])],
    ["random bits, whose counter is no element", p.randomBits(count, { shape, key: [1, 2] })],
    ["positions, which have no input", p.iota(shape, 0)],
  ])("%s", (_, before) => expect(hoistBroadcasts([before])[0]).toBe(before));
});

test("the step size of Adam, repeated for each weight, becomes scalar arithmetic", () => {
  const weights = variable({ name: "weights", shape: [512, 784] });
  const step = p.cast(at(count, [], [512, 784]), "float32");
  const decay = p.exp(p.multiply(step, broadcastTo(p.constant(-0.1), [512, 784])));
  const update = p.subtract(
    weights,
    p.sqrt(p.subtract(broadcastTo(p.constant(1), [512, 784]), decay)),
  );
  const [after] = hoistBroadcasts([update]);
  expect(after.inputs[1].op.name).toBe("broadcast");
  expect(after.inputs[1].inputs[0].shape).toEqual([]);
});
