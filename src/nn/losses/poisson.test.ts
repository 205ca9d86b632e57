/** @file The contract of losses for poisson, and its formula by hand. */
import { it } from "vitest";
import { describeLoss } from "../../../test/contract/describeLoss.js";
import { counts } from "../../../test/contract/lossTargets.js";
import { expectClose, FLOAT64, valuesOf } from "../../../test/contract/numbers.js";
import { variable } from "../../graph/index.js";
import { createLoss } from "./apply.js";
import { poisson } from "./poisson.js";

describeLoss("poisson", {
  make: poisson,
  examples: [poisson()],
  activation: "linear",
  targets: counts,
  takesAnyOutput: false,
  sentences: [[{ logInput: true }, 'Unknown parameter "logInput"']],
});

it("is y - t log(y + 1e-7), as in Keras", () => {
  const output = variable({ name: "output", shape: [2, 1] });
  const values = variable({ name: "values", shape: [2, 1] });
  const rows = createLoss(poisson()).reported({ output }, { values });
  const given = new Map([
    [output, [2, 0]],
    [values, [3, 0]],
  ]);
  expectClose(valuesOf([rows], given)[0], [2 - 3 * Math.log(2 + 1e-7), 0], FLOAT64);
});
