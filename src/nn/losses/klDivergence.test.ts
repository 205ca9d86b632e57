/** @file The contract of losses for klDivergence; its least value is 0, whatever the target. */
import { it } from "vitest";
import { describeLoss } from "../../../test/contract/describeLoss.js";
import { distributions } from "../../../test/contract/lossTargets.js";
import { expectClose, FLOAT64, valuesOf } from "../../../test/contract/numbers.js";
import { ops, variable } from "../../graph/index.js";
import { createLoss } from "./apply.js";
import { klDivergence } from "./klDivergence.js";

describeLoss("klDivergence", {
  make: klDivergence,
  examples: [klDivergence()],
  activation: "softmax",
  targets: distributions,
  sentences: [[{ labelSmoothing: 0.1 }, 'Unknown parameter "labelSmoothing"']],
});

it("is 0 where the prediction is the target, and log K of a label against a uniform prediction", () => {
  const logits = variable({ name: "logits", shape: [2, 4] });
  const values = variable({ name: "values", shape: [2, 4] });
  const prediction = { output: logits, logits, probability: "softmax" } as const;
  const rows = createLoss(klDivergence()).reported(prediction, { values });
  const q = [0.1, 0.2, 0.3, 0.4];
  const given = new Map([
    [logits, [...q.map(Math.log), 7, 7, 7, 7]],
    [values, [...q, 0, 1, 0, 0]],
  ]);
  expectClose(valuesOf([rows], given)[0], [0, Math.log(4)], FLOAT64);
  // A q of 0 has no derivative of log q to spoil the gradient.
  expectClose(valuesOf([ops.sum(rows)], given)[0], [Math.log(4)], FLOAT64);
});
