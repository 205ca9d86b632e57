/** @file AlphaDropout: the contract of layers, PyTorch's formula written out, and the moments it keeps. */
import { describe, expect, it } from "vitest";
import { describeLayer } from "../../../test/contract/describeLayer.js";
import { momentsOf, noisyOutput, normalErrors } from "../../../test/contract/noise.js";
import { expectClose, FLOAT64, valuesOf } from "../../../test/contract/numbers.js";
import { ops, variable } from "../../graph/index.js";
import { randomStream } from "../../util/index.js";
import { alphaDropout, applyAlphaMask } from "./alphaDropout.js";

describeLayer("alphaDropout", {
  make: alphaDropout,
  random: true,
  off: alphaDropout({ rate: 0 }),
  examples: [0.1, 0.7].map((rate) => ({ spec: alphaDropout({ rate }), inputShape: [3, 7] })),
  sentences: [
    [{ rate: 1 }, "AlphaDropout: rate must be a number in [0, 1); got 1. Use rate 0"],
    [{ rate: 1e-7 }, "AlphaDropout: rate must be 0 or lie in [0.00001, 0.99999]; got 1e-7."],
  ],
});

describe("alphaDropout", () => {
  it("is PyTorch's formula: x k a + (alpha (1 - k) + alpha rate) a, in another order", () => {
    // aten/src/ATen/native/Dropout.cpp of PyTorch: its constant and its order of terms.
    const alpha = 1.7580993408473766;
    const rate = 0.3;
    const a = 1 / Math.sqrt((alpha * alpha * rate + 1) * (1 - rate));
    const values = [1, -2, 0.5, 0];
    const mask = [1, 0, 0, 1];
    const expected = values.map((v, i) => {
      const b = (mask[i] - 1) * alpha * a + alpha * a * rate;
      return v * mask[i] * a + b;
    });
    const x = variable({ name: "x", shape: [4] });
    const keep = variable({ name: "keep", shape: [4] });
    const y = applyAlphaMask(x, ops.greater(keep, 0), rate);
    const given = new Map([
      [x, values],
      [keep, mask],
    ]);
    expectClose(valuesOf([y], given)[0], expected, FLOAT64);
  });

  it.each([0.1, 0.5, 0.8])("keeps mean 0 and variance 1 at rate %d", (rate) => {
    const n = 40_000;
    const random = randomStream(1, "x");
    const x = Float64Array.from({ length: n }, () => random.normal());
    const { mean, variance } = momentsOf(noisyOutput(alphaDropout({ rate }), [4, n / 4], x));
    // Its tails are no longer than the normal distribution's, so neither are its standard errors.
    expect(Math.abs(mean)).toBeLessThan(normalErrors(n).mean);
    expect(Math.abs(variance - 1)).toBeLessThan(normalErrors(n).variance);
  });
});
