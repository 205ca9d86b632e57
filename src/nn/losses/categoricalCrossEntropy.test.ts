/** @file Cross-entropy at the edges: golden_torch.json, ce_extreme (PyTorch, float64). */
import { describe, expect, it } from "vitest";
import { engines } from "../../../test/contract/engines.js";
import { flat, readFixture, shapeOf, type Nested } from "../../../test/contract/fixtures.js";
import { expectClose, valuesOf } from "../../../test/contract/numbers.js";
import { gradients, ops, variable } from "../../graph/index.js";
import { categoricalCrossEntropy, crossEntropyFromLogits } from "./categoricalCrossEntropy.js";

type Golden = Readonly<Record<"logits" | "y" | "loss_each" | "loss_mean" | "d_logits", Nested>>;
const golden = readFixture<{ ce_extreme: Golden }>("golden_torch").ce_extreme;

function build(shape: readonly number[]) {
  const logits = variable({ name: "logits", shape });
  const labels = variable({ name: "labels", shape: [shape[0]], dtype: "int32" });
  const each = crossEntropyFromLogits(logits, labels);
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
    (result) => {
      expect(() => categoricalCrossEntropy.rows({ output: logits, ...result }, labels)).toThrow(
        'categoricalCrossEntropy: the last layer must give class probabilities; got another activation. Give it activation "softmax".',
      );
    },
  );
});
