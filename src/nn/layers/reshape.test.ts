/** @file Reshape and activation as layers: the contract of layers, and what each must refuse. */
import { describe, expect, it } from "vitest";
import { describeLayer } from "../../../test/contract/describeLayer.js";
import { variable } from "../../graph/index.js";
import { activationNames } from "../activations.js";
import { buildNetwork } from "../network.js";
import { nameLayers } from "../wiring.js";
import { activation } from "./activation.js";
import { conv2d } from "./conv2d.js";
import { reshape } from "./reshape.js";

describeLayer("reshape", {
  make: reshape,
  examples: [
    { spec: reshape({ targetShape: [3, 2] }), inputShape: [6] },
    { spec: reshape({ targetShape: [2, -1, 2] }), inputShape: [4, 3] },
    { spec: reshape({ targetShape: [-1] }), inputShape: [2, 2] },
  ],
  sentences: [
    [{}, "Reshape: targetShape must be given; got nothing."],
    [
      { targetShape: [2, 0] },
      "Reshape: targetShape must be a list of sizes of at least 1, one of which may be -1; got [2,0].",
    ],
    [{ targetShape: [-1, -1] }, "Reshape: targetShape must be a list of sizes"],
    [{ targetShape: 6 }, "Reshape: targetShape must be a list of sizes"],
  ],
});

describe("reshape", () => {
  it.each([[[4, 2]], [[4, -1]]])("refuses %j for a row of six", (targetShape) => {
    expect(() => buildNetwork(nameLayers([reshape({ targetShape })]), [6])).toThrow(
      `reshape_1: targetShape must have the 6 elements of a row [6]; got [${targetShape.join(", ")}].`,
    );
  });

  it("gets rows in their own shape, whatever later layers ask for", () => {
    const layers = [reshape({ targetShape: [2, 4, 2] }), conv2d({ filters: 1, kernelSize: 2 })];
    const network = buildNetwork(nameLayers(layers), [4, 4]);
    expect([network.inputShape, network.outputShape]).toEqual([
      [4, 4],
      [1, 3, 1],
    ]);
  });
});

describeLayer("activation", {
  make: activation,
  examples: activationNames.map((name) => ({
    spec: activation({ activation: name }),
    inputShape: [2, 3],
  })),
  sentences: [
    [{}, "Activation: activation must be given; got nothing."],
    [{ activation: "gelo" }, 'Activation: Unknown activation "gelo"; did you mean "gelu"?'],
  ],
});

it("activation hands on logits, and says whose they are", () => {
  const x = variable({ name: "x", shape: [1, 3] });
  const resultOf = (name: "softmax" | "sigmoid" | "tanh") =>
    buildNetwork(nameLayers([activation({ activation: name })]), [3]).apply(x, {});
  expect(resultOf("softmax")).toMatchObject({ probability: "softmax" });
  expect(resultOf("sigmoid").logits).toBe(x);
  expect(resultOf("sigmoid").probability).toBe("sigmoid");
  expect(resultOf("tanh").logits).toBeUndefined();
});
