/** @file The contract of losses for hinge, and its formula by hand. */
import { expect, it } from "vitest";
import { describeLoss } from "../../../test/contract/describeLoss.js";
import { shares } from "../../../test/contract/lossTargets.js";
import { valuesOf } from "../../../test/contract/numbers.js";
import { variable } from "../../graph/index.js";
import { createLoss } from "./apply.js";
import { hinge } from "./hinge.js";

describeLoss("hinge", {
  make: hinge,
  examples: [hinge()],
  activation: "linear",
  targets: shares,
  sentences: [[{ margin: 1 }, 'Unknown parameter "margin"']],
});

it("asks for 1 where the label is 1, and for -1 where it is 0", () => {
  const output = variable({ name: "output", shape: [4, 1] });
  const labels = variable({ name: "labels", shape: [4], dtype: "int32" });
  const rows = createLoss(hinge()).reported({ output }, { labels, classes: 2 });
  const given = new Map([
    [output, [2, 0.25, 0.25, -3]],
    [labels, [1, 1, 0, 0]],
  ]);
  expect([...valuesOf([rows], given)[0]]).toEqual([0, 0.75, 1.25, 0]);
});
