/** @file The driver: what it rebuilds, what it leaves, and in which order. */
import { expect, test } from "vitest";
import { variable } from "../functions.js";
import { exp } from "../ops/exp.js";
import { primitives as p } from "../ops/index.js";
import type { Tensor } from "../tensor.js";
import { on } from "./match.js";
import { rewrite } from "./rewrite.js";

const x = variable({ name: "x", shape: [3] });
const expToTanh = on(exp, (node) => p.tanh(node.inputs[0]));

test("nodes above a change are rebuilt, all others keep their identity", () => {
  const untouched = p.log(x);
  const sum = p.add(p.exp(x), untouched);
  const [after, same] = rewrite([sum, untouched], [expToTanh]);
  expect(after.inputs[0].op.name).toBe("tanh");
  expect(after.inputs[1]).toBe(untouched);
  expect(same).toBe(untouched);
  expect(rewrite([untouched], [expToTanh])[0]).toBe(untouched);
});

test("a node that is used twice is rewritten once", () => {
  const shared = p.exp(x);
  const [after] = rewrite([p.add(p.negate(shared), shared)], [expToTanh]);
  expect(after.inputs[0].inputs[0]).toBe(after.inputs[1]);
});

test("rules see rewritten inputs, and the node as it was", () => {
  const seen: [string, string][] = [];
  const watch = (node: Tensor, original: Tensor): Tensor => {
    if (node.op.name === "negate") {
      seen.push([node.inputs[0].op.name, original.inputs[0].op.name]);
    }
    return node;
  };
  rewrite([p.negate(p.exp(x))], [expToTanh, watch]);
  expect(seen).toEqual([["tanh", "exp"]]);
});

test("a chain far deeper than the call stack is rewritten", () => {
  let deep: Tensor = x;
  for (let i = 0; i < 50_000; i++) deep = p.exp(deep);
  expect(rewrite([deep], [expToTanh])[0].op.name).toBe("tanh");
});
