/** @file The contract of losses for meanSquaredError, and its formula by hand. */
import { expect, it } from "vitest";
import { describeLoss } from "../../../test/contract/describeLoss.js";
import { numbers } from "../../../test/contract/lossTargets.js";
import { valuesOf } from "../../../test/contract/numbers.js";
import { variable } from "../../graph/index.js";
import { createLoss } from "./apply.js";
import { meanSquaredError } from "./meanSquaredError.js";

describeLoss("meanSquaredError", {
  make: meanSquaredError,
  examples: [meanSquaredError()],
  activation: "linear",
  targets: numbers,
  sentences: [[{ delta: 1 }, 'Unknown parameter "delta"']],
});

it("averages over the units of a row", () => {
  const output = variable({ name: "output", shape: [2, 2] });
  const values = variable({ name: "values", shape: [2, 2] });
  const rows = createLoss(meanSquaredError()).reported({ output }, { values });
  const given = new Map([
    [output, [1, 2, 0, 5]],
    [values, [0, 0, 0, 1]],
  ]);
  expect([...valuesOf([rows], given)[0]]).toEqual([2.5, 8]);
});
