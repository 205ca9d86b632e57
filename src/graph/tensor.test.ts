/** @file Nodes are frozen copies, and the topological order holds for every shape of graph. */
import { describe, expect, test } from "vitest";
import { InternalError } from "../util/index.js";
import { variable } from "./functions.js";
import { primitives as p } from "./ops/index.js";
import { describeTensor, sameShape, sizeOf, topologicalOrder, type Tensor } from "./tensor.js";

const x = variable({ name: "x", shape: [2, 3] });

describe("a node", () => {
  test("cannot be changed, nor can its parts", () => {
    const node = p.broadcast(x, { shape: [4, 2, 3], axes: [1, 2] });
    const { shape, axes } = node.attributes as { shape: number[]; axes: number[] };
    for (const part of [node, node.inputs, node.shape, node.attributes, shape, axes]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });
  test("does not change with the arrays that were handed in", () => {
    const shape = [3, 2];
    const node = p.reshape(x, shape);
    shape[0] = 99;
    expect([node.shape, node.attributes]).toEqual([[3, 2], { shape: [3, 2] }]);
    expect(Object.isFrozen(shape)).toBe(false);
  });
});

describe("the topological order", () => {
  test("holds each node once, after its inputs, for a graph whose paths double at each step", () => {
    let node: Tensor = x;
    for (let i = 0; i < 60; i++) node = p.add(node, node);
    const order = topologicalOrder([node, x, node]);
    expect(order.length).toBe(61);
    const places = new Map(order.map((tensor, i) => [tensor, i]));
    const placeOf = (tensor: Tensor): number => places.get(tensor) ?? Infinity;
    for (const tensor of order) {
      for (const input of tensor.inputs) expect(placeOf(input)).toBeLessThan(placeOf(tensor));
    }
  });
  test("is the same every time, and follows the roots", () => {
    const [a, b] = [p.exp(x), p.log(x)];
    expect(topologicalOrder([a, b])).toEqual([x, a, b]);
    expect(topologicalOrder([b, a])).toEqual([x, b, a]);
    expect(topologicalOrder([])).toEqual([]);
  });
  test("of a cycle, which only a forged node can close, is an error", () => {
    const inputs: Tensor[] = [];
    const forged = { ...p.exp(x), inputs };
    inputs.push(p.log(x), forged);
    expect(() => topologicalOrder([forged])).toThrow(new InternalError("The graph has a cycle."));
  });
});

test("shapes: size, equality, description", () => {
  expect([sizeOf([]), sizeOf([2, 3])]).toEqual([1, 6]);
  expect([sameShape([2], [2]), sameShape([2], [2, 1]), sameShape([], [])]).toEqual([
    true,
    false,
    true,
  ]);
  expect(describeTensor(x)).toBe("[2, 3] float32");
  expect(describeTensor(p.constant(1, "int32"))).toBe("[] int32");
});
