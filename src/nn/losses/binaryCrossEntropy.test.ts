/** @file Binary cross-entropy: the contract of losses, both sides of 0 and 0 itself, extremes, smoothing. */
import { expect, it } from "vitest";
import { describeLoss } from "../../../test/contract/describeLoss.js";
import { shares } from "../../../test/contract/lossTargets.js";
import { expectClose, FLOAT64, valuesOf } from "../../../test/contract/numbers.js";
import { gradients, ops, variable } from "../../graph/index.js";
import { createLoss } from "./apply.js";
import { binaryCrossEntropy } from "./binaryCrossEntropy.js";

describeLoss("binaryCrossEntropy", {
  make: binaryCrossEntropy,
  examples: [binaryCrossEntropy(), binaryCrossEntropy({ labelSmoothing: 0.2 })],
  activation: "sigmoid",
  targets: shares,
  sentences: [
    [
      { labelSmoothing: 1 },
      "BinaryCrossEntropy: labelSmoothing must be a number in [0, 1); got 1. Use labelSmoothing 0 to switch it off.",
    ],
  ],
});

const z = variable({ name: "z", shape: [6, 1] });
const labels = variable({ name: "labels", shape: [6], dtype: "int32" });
const prediction = { output: ops.sigmoid(z), logits: z, probability: "sigmoid" } as const;
const target = { labels, classes: 2 };
const LOGITS = [0, 0, 1000, -1000, 1.5, -40];
const LABELS = [1, 0, 0, 0, 1, 0];

it("is -log of the label's probability, with the derivative p - t, at 0 and at the extremes too", () => {
  const rows = createLoss(binaryCrossEntropy()).reported(prediction, target);
  const [slopes] = gradients(ops.sum(rows), [z]);
  const [each, d] = valuesOf([rows, slopes], new Map([[z, LOGITS], [labels, LABELS]])); // prettier-ignore
  const half = Math.log(2);
  expectClose(each, [half, half, 1000, 0, Math.log1p(Math.exp(-1.5)), 0], FLOAT64);
  const p = 1 / (1 + Math.exp(-1.5));
  expectClose(d, [-0.5, 0.5, 1, 0, p - 1, Math.exp(-40)], FLOAT64);
});

it("smooths towards 1/2 in what is minimized, and in nothing that is reported", () => {
  const loss = createLoss(binaryCrossEntropy({ labelSmoothing: 0.2 }));
  const values = new Map([[z, LOGITS], [labels, LABELS]]); // prettier-ignore
  const [minimized, reported] = valuesOf(
    [loss.minimized(prediction, target), loss.reported(prediction, target)],
    values,
  );
  // Keras: t (1 - s) + s / 2, so 0.9 for 1 and 0.1 for 0.
  const plus = Math.log1p(Math.exp(-1.5));
  expectClose([minimized[4]], [0.9 * plus + 0.1 * (1.5 + plus)], FLOAT64);
  expectClose([minimized[2]], [900], FLOAT64);
  expectClose([reported[4]], [plus], FLOAT64);
});

it("refuses a network that does not end in sigmoid", () => {
  const loss = createLoss(binaryCrossEntropy());
  expect(() => loss.reported({ output: z }, target)).toThrow(
    'BinaryCrossEntropy: the last layer must give a probability for each unit; got another activation. Give it activation "sigmoid".',
  );
});
