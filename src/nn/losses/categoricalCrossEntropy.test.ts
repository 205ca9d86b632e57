/** @file Cross-entropy at the edges: golden_torch.json, ce_extreme (PyTorch, float64). */
import { describe, expect, it } from "vitest";
import { engines } from "../../../test/contract/engines.js";
import { flat, readFixture, shapeOf, type Nested } from "../../../test/contract/fixtures.js";
import { describeLoss } from "../../../test/contract/describeLoss.js";
import { distributions } from "../../../test/contract/lossTargets.js";
import { expectClose, FLOAT64, valuesOf } from "../../../test/contract/numbers.js";
import { gradients, ops, variable } from "../../graph/index.js";
import { createLoss } from "./apply.js";
import { categoricalCrossEntropy } from "./categoricalCrossEntropy.js";
import { crossEntropyOfLabels } from "./logits.js";

type Golden = Readonly<Record<"logits" | "y" | "loss_each" | "loss_mean" | "d_logits", Nested>>;
const golden = readFixture<{ ce_extreme: Golden }>("golden_torch").ce_extreme;
const smoothing =
  readFixture<
    Readonly<Record<string, Readonly<Record<"logits" | "y" | "loss" | "d_logits", Nested>>>>
  >("golden_torch");
const keras = readFixture<{
  readonly "label_smoothing_0.1": number;
  readonly ce_extreme_from_logits: readonly number[];
}>("golden_keras");

describeLoss("categoricalCrossEntropy", {
  make: categoricalCrossEntropy,
  examples: [categoricalCrossEntropy(), categoricalCrossEntropy({ labelSmoothing: 0.2 })],
  activation: "softmax",
  targets: distributions,
  sentences: [
    [
      { labelSmoothing: -0.1 },
      "CategoricalCrossEntropy: labelSmoothing must be a number in [0, 1); got -0.1. Use labelSmoothing 0 to switch it off.",
    ],
  ],
});

function build(shape: readonly number[]) {
  const logits = variable({ name: "logits", shape });
  const labels = variable({ name: "labels", shape: [shape[0]], dtype: "int32" });
  const each = crossEntropyOfLabels(logits, labels);
  const [slopes] = gradients(ops.mean(each), [logits]);
  return { logits, labels, each, slopes };
}

describe("categorical cross-entropy", () => {
  const { logits, labels, each, slopes } = build(shapeOf(golden.logits));

  it("is exact for logits of +-1000, in value and gradient", () => {
    const values = new Map([
      [logits, flat(golden.logits)],
      [labels, flat(golden.y)],
    ]);
    const [losses, d] = valuesOf([each, slopes], values);
    // Gradients under 1e-20 are zero by design.
    const tolerance = { relative: 1e-12, absolute: 1e-20 };
    expectClose(losses, flat(golden.loss_each), tolerance);
    expectClose(losses, keras.ce_extreme_from_logits, tolerance);
    expectClose(d, flat(golden.d_logits), tolerance);
  });

  it.each(engines)("is exact for logits of +-1000 on the engine $name", async (tested) => {
    const engine = await tested.create();
    const program = await engine.compile({ name: "loss", outputs: [each, slopes] });
    engine.write(logits, flat(golden.logits));
    engine.write(labels, flat(golden.y));
    program.run();
    expectClose(program.read(each), flat(golden.loss_each), tested.tolerance);
    expectClose(program.read(slopes), flat(golden.d_logits), tested.tolerance);
  });

  it("gives exact zeros instead of gradients under 1e-20", () => {
    const far = build([1, 3]);
    const values = new Map([
      [far.logits, [0, -46.5, -45.5]],
      [far.labels, [0]],
    ]);
    const [d] = valuesOf([far.slopes], values);
    expect(d[1]).toBe(0);
    // Of 1 + e^-45.5 + e^-46, in which the terms beside 1 have no bit.
    expectClose([d[2]], [Math.exp(-45.5)], { relative: 1e-12, absolute: 0 });
  });

  it.each([{}, { logits, probability: "sigmoid" }] as const)(
    "refuses a network that does not end in softmax: %#",
    (rest) => {
      const { reported } = createLoss(categoricalCrossEntropy());
      expect(() => reported({ output: logits, ...rest }, { labels, classes: 3 })).toThrow(
        /^CategoricalCrossEntropy: the last layer must give class probabilities; got .*\. Give it activation "softmax"\.$/,
      );
    },
  );
});

describe("label smoothing", () => {
  it.each(["0", "0.1", "0.3"])("has PyTorch's loss and gradient at %s", (text) => {
    const smooth = smoothing[`label_smoothing_${text}`];
    const shape = shapeOf(smooth.logits);
    const logits = variable({ name: "logits", shape });
    const labels = variable({ name: "labels", shape: [shape[0]], dtype: "int32" });
    const { minimized } = createLoss(categoricalCrossEntropy({ labelSmoothing: Number(text) }));
    const prediction = { output: logits, logits, probability: "softmax" } as const;
    const loss = ops.mean(minimized(prediction, { labels, classes: shape[1] }));
    const [slopes] = gradients(loss, [logits]);
    const values = new Map([
      [logits, flat(smooth.logits)],
      [labels, flat(smooth.y)],
    ]);
    const [value, d] = valuesOf([loss, slopes], values);
    expectClose(value, flat(smooth.loss), FLOAT64);
    expectClose(d, flat(smooth.d_logits), FLOAT64);
  });

  it("has Keras' loss at 0.1, of the same inputs", () => {
    const { logits: z, y } = smoothing["label_smoothing_0.1"];
    const { logits, labels } = build(shapeOf(z));
    const { minimized } = createLoss(categoricalCrossEntropy({ labelSmoothing: 0.1 }));
    const prediction = { output: logits, logits, probability: "softmax" } as const;
    const loss = ops.mean(minimized(prediction, { labels, classes: shapeOf(z)[1] }));
    const values = new Map([
      [logits, flat(z)],
      [labels, flat(y)],
    ]);
    expectClose(valuesOf([loss], values)[0], [keras["label_smoothing_0.1"]], FLOAT64);
  });

  it("is in nothing that is reported", () => {
    const { logits, labels } = build(shapeOf(golden.logits));
    const prediction = { output: logits, logits, probability: "softmax" } as const;
    const target = { labels, classes: 3 };
    const plain = createLoss(categoricalCrossEntropy()).reported(prediction, target);
    const { reported } = createLoss(categoricalCrossEntropy({ labelSmoothing: 0.1 }));
    const values = new Map([
      [logits, flat(golden.logits)],
      [labels, flat(golden.y)],
    ]);
    const [a, b] = valuesOf([plain, reported(prediction, target)], values);
    expect(a).toEqual(b);
  });
});
