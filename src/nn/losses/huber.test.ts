/** @file The contract of losses for huber, and its formula by hand. */
import { expect, it } from "vitest";
import { describeLoss } from "../../../test/contract/describeLoss.js";
import { numbers } from "../../../test/contract/lossTargets.js";
import { valuesOf } from "../../../test/contract/numbers.js";
import { variable } from "../../graph/index.js";
import { createLoss } from "./apply.js";
import { huber } from "./huber.js";

describeLoss("huber", {
  make: huber,
  examples: [huber(), huber({ delta: 0.3 })],
  activation: "linear",
  targets: numbers,
  sentences: [[{ delta: 0 }, "Huber: delta must be a number greater than 0; got 0."]],
});

it("is e^2 / 2 up to delta and delta |e| - delta^2 / 2 beyond", () => {
  const output = variable({ name: "output", shape: [4, 1] });
  const values = variable({ name: "values", shape: [4, 1] });
  const rows = createLoss(huber({ delta: 2 })).reported({ output }, { values });
  const given = new Map([
    [output, [1, -2, 3, -10]],
    [values, [0, 0, 0, 0]],
  ]);
  expect([...valuesOf([rows], given)[0]]).toEqual([0.5, 2, 4, 18]);
});
