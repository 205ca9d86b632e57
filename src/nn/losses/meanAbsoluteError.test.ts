/** @file The contract of losses for meanAbsoluteError, and its formula by hand. */
import { expect, it } from "vitest";
import { describeLoss } from "../../../test/contract/describeLoss.js";
import { numbers } from "../../../test/contract/lossTargets.js";
import { valuesOf } from "../../../test/contract/numbers.js";
import { variable } from "../../graph/index.js";
import { createLoss } from "./apply.js";
import { meanAbsoluteError } from "./meanAbsoluteError.js";

describeLoss("meanAbsoluteError", {
  make: meanAbsoluteError,
  examples: [meanAbsoluteError()],
  activation: "linear",
  targets: numbers,
  sentences: [[{ delta: 1 }, 'Unknown parameter "delta"']],
});

it("averages over the units of a row", () => {
  const output = variable({ name: "output", shape: [2, 2] });
  const values = variable({ name: "values", shape: [2, 2] });
  const rows = createLoss(meanAbsoluteError()).reported({ output }, { values });
  const given = new Map([
    [output, [1, 2, 0, 5]],
    [values, [0, 0, 0, 1]],
  ]);
  expect([...valuesOf([rows], given)[0]]).toEqual([1.5, 2]);
});
