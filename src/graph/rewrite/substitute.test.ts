/** @file Substitution against programs that are written with the replacement from the start. */
import { describe, expect, it } from "vitest";
import { ops, printGraph, variable } from "../index.js";
import { substitute } from "./substitute.js";

const x = variable({ name: "x", shape: [3] });
const y = variable({ name: "y", shape: [3] });
const program = (input: typeof x) => ops.sum(ops.multiply(ops.tanh(input), ops.add(input, y)));

describe("substitute", () => {
  it("gives the program that has the replacement in the place of the tensor, everywhere", () => {
    const moved = ops.add(x, 1);
    const [result] = substitute([program(x)], new Map([[x, moved]]));
    expect(printGraph([result])).toBe(printGraph([program(moved as typeof x)]));
  });

  it("leaves alone what the replacement itself is computed from", () => {
    const [result] = substitute([x], new Map([[x, ops.add(x, 1)]]));
    expect(result.inputs[0]).toBe(x);
  });

  it("keeps tensors that do not depend on what is replaced", () => {
    const root = program(y);
    expect(substitute([root], new Map([[x, y]]))[0]).toBe(root);
  });
});
