/** @file The verifier accepts what the functions build, and names the broken rule of what they would not. */
import { describe, expect, test } from "vitest";
import { InternalError } from "../util/index.js";
import * as ops from "./functions.js";
import { gradients } from "./gradients.js";
import { primitives as p } from "./ops/index.js";
import type { DType, Tensor } from "./tensor.js";
import { verify } from "./verify.js";

const x = ops.variable({ name: "x", shape: [2, 3] });

/** A node that no function would build, frozen unless told otherwise. */
function forged(from: Tensor, changes: Partial<Tensor>): Tensor {
  const node = { ...from, ...changes };
  for (const whole of [node, node.attributes]) {
    Object.values(whole).forEach((part: unknown) => Object.freeze(part));
  }
  return Object.freeze(node);
}

test("a network with its gradients is well formed", () => {
  const loss = ops.mean(ops.square(ops.relu(ops.matMul(x, p.transpose(x, [1, 0])))));
  expect(() => verify([loss, ...gradients(loss, [x])])).not.toThrow();
});

describe("refuses", () => {
  const sum = p.add(x, x);
  const stranger = { ...sum.op, name: "plus" };
  const repeated = p.broadcast(x, { shape: [4, 2, 3], axes: [1, 2] });
  test.each<[string, Tensor, string]>([
    [
      "an unknown operation",
      forged(sum, { op: stranger }),
      "plus: plus is not one of the operations",
    ],
    ["another shape", forged(sum, { shape: [3, 2] }), "add: must be [2, 3] float32"],
    ["another dtype", forged(sum, { dtype: "int32" }), "add: must be [2, 3] float32"],
    ["an unknown dtype", forged(sum, { dtype: "float64" as DType }), "add: float64 is not a dtype"],
    [
      "an empty shape",
      forged(sum, { shape: [0] }),
      "add: sizes must be whole numbers of at least 1",
    ],
    [
      "inputs that do not fit",
      forged(sum, { inputs: [x, p.constant(1)] }),
      "add: add: inputs must have one shape and dtype; got [2, 3] float32 and [] float32.",
    ],
    [
      "broadcast axes that do not increase",
      forged(repeated, { attributes: { shape: [4, 2, 3], axes: [2, 1] } }),
      "broadcast: broadcast: axes must increase",
    ],
    [
      "attributes that are no plain values",
      forged(sum, { attributes: { hidden: new Map() } }),
      "add: attributes must be numbers, strings, booleans or lists of them",
    ],
    ["a node that can be changed", { ...sum }, "add: a node and its parts must be frozen"],
  ])("%s", (_, node, sentence) => {
    expect(() => verify([node])).toThrow(InternalError);
    expect(() => verify([node])).toThrow(sentence);
  });

  test("a broken node below others, with its number and the printed graph", () => {
    const broken = forged(sum, { shape: [3, 2] });
    const above = forged(p.exp(sum), { inputs: [broken] });
    expect(() => verify([above])).toThrow(
      "Graph: %1 add: must be [2, 3] float32.\n%0 = variable {name: x} [2, 3] float32\n%1 = add(%0, %0) [3, 2] float32",
    );
  });
});
