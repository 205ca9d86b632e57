/** @file Activations at their edges: kinks, and inputs at which a careless formula overflows. */
import { describe, expect, it } from "vitest";
import { readFixture } from "../../test/contract/fixtures.js";
import { valuesOf } from "../../test/contract/numbers.js";
import { gradients, ops, variable } from "../graph/index.js";
import { activationNames, activations } from "./activations.js";

const at = (name: keyof typeof activations, inputs: readonly number[]): number[] => {
  const x = variable({ name: "x", shape: [1, inputs.length] });
  return [...valuesOf([activations[name].apply(x)], new Map([[x, inputs]]))[0]];
};

describe("activations", () => {
  it.each(activationNames)("%s stays finite for inputs of +-1000", (name) => {
    expect(at(name, [1000, -1000, 0]).every(Number.isFinite)).toBe(true);
  });

  it("softmax of far apart inputs is a limit, not NaN", () => {
    expect(at("softmax", [1000, 0, -1000])).toEqual([1, 0, 0]);
    expect(at("softmax", [-800, -800])).toEqual([0.5, 0.5]);
  });

  it("relu has the gradient 0 at 0 (golden_torch.json, relu_zero)", () => {
    interface Golden {
      readonly relu_zero: { readonly x: readonly number[]; readonly dx: readonly number[] };
    }
    const golden = readFixture<Golden>("golden_torch").relu_zero;
    const x = variable({ name: "x", shape: [3] });
    const [slope] = gradients(ops.sum(activations.relu.apply(x)), [x]);
    expect([...valuesOf([slope], new Map([[x, golden.x]]))[0]]).toEqual(golden.dx);
  });
});
