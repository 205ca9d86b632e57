/** @file Flatten: the contract of layers. */
import { describe, expect, it } from "vitest";
import { describeLayer } from "../../../test/contract/describeLayer.js";
import { variable } from "../../graph/index.js";
import { valuesOf } from "../../../test/contract/numbers.js";
import { buildNetwork } from "../network.js";
import { nameLayers } from "../wiring.js";
import { flatten } from "./flatten.js";

describeLayer("flatten", {
  make: flatten,
  examples: [
    { spec: flatten(), inputShape: [2, 3] },
    { spec: flatten(), inputShape: [4] },
  ],
  sentences: [[{ axis: 1 }, 'Flatten: Unknown parameter "axis"']],
});

describe("flatten", () => {
  it("keeps row-major order", () => {
    const network = buildNetwork(nameLayers([flatten()]), [2, 3]);
    const x = variable({ name: "x", shape: [2, 2, 3] });
    const values = Array.from({ length: 12 }, (_, i) => i);
    const { output } = network.apply(x, {});
    expect(output.shape).toEqual([2, 6]);
    expect([...valuesOf([output], new Map([[x, values]]))[0]]).toEqual(values);
  });
});
