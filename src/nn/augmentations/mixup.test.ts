/** @file The contract of augmentations for mixup; golden_torch.json, mixup; weights of rows and classes. */
import { describe, expect, it } from "vitest";
import { describeAugmentation } from "../../../test/contract/describeAugmentation.js";
import { flat, readFixture, shapeOf, type Nested } from "../../../test/contract/fixtures.js";
import { expectClose, FLOAT64, valuesOf } from "../../../test/contract/numbers.js";
import { gradients, ops, variable, type Tensor, type Variable } from "../../graph/index.js";
import { predict } from "../../../test/contract/describeLoss.js";
import { randomStream } from "../../util/index.js";
import { chooseMetrics } from "../metrics/apply.js";
import { judgeBatch, type BatchTarget } from "../objective.js";
import { mixup } from "./mixup.js";

describeAugmentation("mixup", {
  make: mixup,
  examples: [mixup(), mixup({ alpha: 2 })],
  off: mixup({ alpha: 0 }),
  sentences: [
    [
      { alpha: -1 },
      "Mixup: alpha must be a number of at least 0; got -1. Use alpha 0 to switch it off.",
    ],
  ],
});

type Golden = Readonly<Record<"x" | "W" | "y" | "perm" | "x_mixed" | "dW", Nested>> & {
  readonly lam: number;
  readonly loss: number;
};
const golden = readFixture<{ mixup: Golden }>("golden_torch").mixup;
const measures = {
  loss: { kind: "categoricalCrossEntropy" },
  metrics: chooseMetrics(["accuracy"]),
};

function build(parts: (rows: number, classes: number) => Omit<BatchTarget, "target">) {
  const shape = shapeOf(golden.x);
  const x = variable({ name: "x", shape });
  const w = variable({ name: "w", shape: shapeOf(golden.W) });
  const labels = variable({ name: "labels", shape: [shape[0]], dtype: "int32" });
  const share = variable({ name: "share", shape: [shape[0]] });
  const partner = variable({ name: "partner", shape: [shape[0]] });
  const classes = w.shape[1];
  const targets = [{ target: { labels, classes }, ...parts(shape[0], classes) }];
  const batch = mixup.definition.apply(
    { x, targets },
    {
      values: { alpha: 0.2 },
      drawn: [share, partner],
      noise: { seed: 0, step: ops.constant(0, "int32") },
      name: "mixup",
    },
  );
  const prediction = predict("softmax", ops.matMul(batch.x, w));
  const { loss, scores } = judgeBatch(measures, prediction, batch.targets);
  const values = new Map<Variable, ArrayLike<number>>([
    [x, flat(golden.x)],
    [w, flat(golden.W)],
    [labels, flat(golden.y)],
    [share, flat(golden.y).map(() => golden.lam)],
    [partner, flat(golden.perm)],
  ]);
  return { batch, w, loss, scores, values, prediction };
}

describe("mixup", () => {
  it("has PyTorch's mixed rows, loss and gradient", () => {
    const { batch, w, loss, values } = build(() => ({}));
    const [mixed, l, dW] = valuesOf([batch.x, loss, ...gradients(loss, [w])], values);
    expectClose(mixed, flat(golden.x_mixed), FLOAT64);
    expectClose(l, [golden.loss], FLOAT64);
    expectClose(dW, flat(golden.dW), FLOAT64);
  });

  it("weighs each of the two losses by the weights of its own row and class", () => {
    const plain = build(() => ({}));
    const rowWeights = [1, 2, 3, 4];
    const classWeights = [1, 0.5, 2, 3, 4];
    const constants = (name: string, shape: number): Tensor => variable({ name, shape: [shape] });
    const weighted = build((rows, classes) => ({
      sampleWeights: constants("sampleWeights", rows),
      classWeights: constants("classWeights", classes),
    }));
    const [{ sampleWeights, classWeights: table }] = weighted.batch.targets;
    // The variable under the gathered weights of the first, unmixed part is itself.
    const given = new Map(weighted.values);
    given.set(sampleWeights as Variable, rowWeights);
    given.set(table as Variable, classWeights);
    const [loss] = valuesOf([weighted.loss], given);
    const [p] = valuesOf([plain.prediction.output], plain.values);
    const y = flat(golden.y);
    const perm = flat(golden.perm);
    const term = (row: number, other: number): number =>
      -rowWeights[other] * classWeights[y[other]] * Math.log(p[row * 5 + y[other]]);
    const expected = y.map(
      (_, row) => golden.lam * term(row, row) + (1 - golden.lam) * term(row, perm[row]),
    );
    expectClose(loss, [expected.reduce((a, b) => a + b) / y.length], FLOAT64);
  });

  it("draws one share and one permutation for a batch", () => {
    const random = randomStream(1, "mixup");
    const drawn = mixup.definition.draw?.({ alpha: 1 }, random, { rows: 5, rowShape: [2] }) ?? [];
    expect(drawn.map(([, partner]) => partner).sort()).toEqual([0, 1, 2, 3, 4]);
    expect(new Set(drawn.map(([share]) => share)).size).toBe(1);
  });
});
