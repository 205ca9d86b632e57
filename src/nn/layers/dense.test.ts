/** @file Dense: the contract of layers, and the two-layer network of golden_torch.json (PyTorch, float64). */
import { describe, expect, it } from "vitest";
import { describeLayer } from "../../../test/contract/describeLayer.js";
import { flat, readFixture, shapeOf, type Nested } from "../../../test/contract/fixtures.js";
import { expectClose, FLOAT64, valuesOf } from "../../../test/contract/numbers.js";
import { gradients, ops, variable, type Variable } from "../../graph/index.js";
import { activationNames } from "../activations.js";
import { createLoss } from "../losses/apply.js";
import { categoricalCrossEntropy } from "../losses/categoricalCrossEntropy.js";
import { buildNetwork } from "../network.js";
import { nameLayers } from "../wiring.js";
import { dense } from "./dense.js";

describeLayer("dense", {
  make: dense,
  examples: [
    ...activationNames.map((activation) => ({
      spec: dense({ units: 5, activation }),
      inputShape: [4],
    })),
    { spec: dense({ units: 1, useBias: false }), inputShape: [1] },
    { spec: dense({ units: 3, kernelInitializer: "heNormal" }), inputShape: [2, 2] },
  ],
  sentences: [
    [{}, "Dense: units must be given; got nothing."],
    [{ units: 0 }, "Dense: units must be a whole number of at least 1; got 0."],
    [{ units: 2.5 }, "Dense: units must be a whole number of at least 1; got 2.5."],
    [{ units: 1, activation: "relo" }, 'Dense: Unknown activation "relo"; did you mean "relu"?'],
    [{ units: 1, useBias: 1 }, "Dense: useBias must be true or false; got 1."],
    [{ units: 1, unit: 2 }, 'Dense: Unknown parameter "unit"; did you mean "units"?'],
  ],
});

type Golden = Readonly<Record<string, Nested>>;

describe("a network of two dense layers", () => {
  const golden = readFixture<{ mlp_ce: Golden }>("golden_torch").mlp_ce;
  const network = buildNetwork(
    nameLayers([
      dense({ units: 5, activation: "relu" }),
      dense({ units: 4, activation: "softmax" }),
    ]),
    [3],
  );
  const x = variable({ name: "x", shape: shapeOf(golden.x) });
  const labels = variable({ name: "y", shape: shapeOf(golden.y), dtype: "int32" });
  const weights = network.weights.map(({ variable: weight }) => weight);
  const values = new Map<Variable, number[]>([
    [x, flat(golden.x)],
    [labels, flat(golden.y)],
    ...["W1", "b1", "W2", "b2"].map((name, i): [Variable, number[]] => [
      weights[i],
      flat(golden[name]),
    ]),
  ]);
  const prediction = network.apply(x, {});
  const loss = ops.mean(
    createLoss(categoricalCrossEntropy()).reported(prediction, { labels, classes: 4 }),
  );

  it("gives PyTorch's logits, probabilities and loss", () => {
    const { logits = x, output } = prediction;
    const [z, p, l] = valuesOf([logits, output, loss], values);
    expectClose(z, flat(golden.logits), FLOAT64);
    expectClose(p, flat(golden.softmax), FLOAT64);
    expectClose(l, flat(golden.loss_mean), FLOAT64);
  });

  it("gives PyTorch's gradients", () => {
    const names = ["dW1", "db1", "dW2", "db2", "dx"];
    const results = valuesOf(gradients(loss, [...weights, x]), values);
    names.forEach((name, i) => expectClose(results[i], flat(golden[name]), FLOAT64));
  });
});

describe("dense", () => {
  it("marks its kernel for decay, and its bias not", () => {
    const { weights } = buildNetwork(nameLayers([dense({ units: 2 })]), [3]);
    expect(weights.map(({ name, decays }) => [name, decays])).toEqual([
      ["dense_1/kernel", true],
      ["dense_1/bias", false],
    ]);
  });
});
