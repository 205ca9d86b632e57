/** @file Dropout: the contract of layers, the golden vector of inverted scaling, and the share it drops. */
import { describe, expect, it } from "vitest";
import { describeLayer } from "../../../test/contract/describeLayer.js";
import { flat, readFixture, type Nested } from "../../../test/contract/fixtures.js";
import { noisyOutput } from "../../../test/contract/noise.js";
import { expectClose, FLOAT64, valuesOf } from "../../../test/contract/numbers.js";
import { gradients, ops, variable } from "../../graph/index.js";
import { buildNetwork } from "../network.js";
import { nameLayers } from "../wiring.js";
import { dropout } from "./dropout.js";
import { applyMask } from "./random.js";

describeLayer("dropout", {
  make: dropout,
  random: true,
  off: dropout({ rate: 0 }),
  examples: [0.1, 0.5, 0.9].map((rate) => ({ spec: dropout({ rate }), inputShape: [3, 7] })),
  sentences: [
    [{ rate: 1 }, "Dropout: rate must be a number in [0, 1); got 1. Use rate 0 to switch it off."],
    [{ rate: -0.1 }, "Dropout: rate must be a number in [0, 1); got -0.1."],
    [{ rate: NaN }, "Dropout: rate must be a number in [0, 1); got NaN."],
    [{ rate: "0.5" }, 'Dropout: rate must be a number in [0, 1); got "0.5".'],
    [{ rate: 1e-6 }, "Dropout: rate must be 0 or lie in [0.00001, 0.99999]; got 0.000001."],
    [{ rate: 0.999999 }, "Dropout: rate must be 0 or lie in [0.00001, 0.99999]; got 0.999999."],
    [{ p: 0.5 }, 'Dropout: Unknown parameter "p"'],
  ],
});

describeLayer("dropout in its classic form", {
  make: dropout,
  random: true,
  inference: "mean",
  off: dropout({ rate: 0, form: "classic" }),
  examples: [0.2, 0.5, 0.8].map((rate) => ({
    spec: dropout({ rate, form: "classic" }),
    inputShape: [3, 7],
  })),
  sentences: [
    [
      { rate: 0.5, form: "clasic" },
      'Dropout: Unknown form "clasic"; did you mean "classic"? Known: inverted, classic.',
    ],
  ],
});

describe("classic dropout", () => {
  // Rates at which dropping and keeping are not equally likely: at 0.5 the wrong factor goes unseen.
  it.each([0.2, 0.8])("multiplies by the keep probability in inference at rate %d", (rate) => {
    const network = buildNetwork(nameLayers([dropout({ rate, form: "classic" })]), [3]);
    const x = variable({ name: "x", shape: [1, 3] });
    const [y] = valuesOf([network.apply(x, {}).output], new Map([[x, [1, -2, 10]]]));
    expectClose(y, [1 - rate, -2 * (1 - rate), 10 * (1 - rate)], FLOAT64);
  });

  it("leaves kept elements as they are in training, and drops those that the inverted form drops", () => {
    const ones = new Float64Array(300).fill(1);
    const classic = noisyOutput(dropout({ rate: 0.2, form: "classic" }), [3, 100], ones);
    const inverted = noisyOutput(dropout({ rate: 0.2 }), [3, 100], ones);
    expect(new Set(classic)).toEqual(new Set([0, 1]));
    expect(classic).toEqual(inverted.map((value) => Math.sign(value)));
  });
});

interface Golden {
  readonly inverted_dropout: Readonly<Record<"x" | "mask" | "y" | "dy" | "dx", Nested>> & {
    readonly rate: number;
  };
}

describe("inverted dropout", () => {
  it("scales values and gradients as the golden vector says (golden_torch.json)", () => {
    const golden = readFixture<Golden>("golden_torch").inverted_dropout;
    const [x, mask, dy] = ["x", "mask", "dy"].map((name) => variable({ name, shape: [3, 4] }));
    const y = applyMask(x, ops.greater(mask, 0), golden.rate);
    const dx = gradients(ops.sum(ops.multiply(y, dy)), [x])[0];
    const values = new Map([
      [x, flat(golden.x)],
      [mask, flat(golden.mask)],
      [dy, flat(golden.dy)],
    ]);
    const results = valuesOf([y, dx], values);
    expectClose(results[0], flat(golden.y), FLOAT64);
    expectClose(results[1], flat(golden.dx), FLOAT64);
  });

  it.each([0.1, 0.2, 0.5, 0.9])("drops a share of %d, within five standard errors", (rate) => {
    const size = 20_000;
    const network = buildNetwork(nameLayers([dropout({ rate })]), [size]);
    const ones = ops.add(ops.cast(ops.iota([1, size], 0), "float32"), 1);
    const noise = { seed: 3, step: ops.constant(0, "int32") };
    const [y] = valuesOf([network.apply(ones, { noise }).output]);
    const dropped = y.filter((value) => value === 0).length / size;
    expect(Math.abs(dropped - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / size));
    expect(new Set(y)).toEqual(new Set([0, 1 / (1 - rate)]));
  });
});
