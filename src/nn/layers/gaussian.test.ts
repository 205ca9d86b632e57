/** @file GaussianDropout and GaussianNoise: the contract of layers, and the moments of their noise. */
import { describe, expect, it } from "vitest";
import { describeLayer } from "../../../test/contract/describeLayer.js";
import { momentsOf, noisyOutput, normalErrors } from "../../../test/contract/noise.js";
import { gaussianDropout } from "./gaussianDropout.js";
import { gaussianNoise } from "./gaussianNoise.js";

describeLayer("gaussianDropout", {
  make: gaussianDropout,
  random: true,
  off: gaussianDropout({ rate: 0 }),
  examples: [0.1, 0.9].map((rate) => ({ spec: gaussianDropout({ rate }), inputShape: [3, 7] })),
  sentences: [
    [{ rate: 1 }, "GaussianDropout: rate must be a number in [0, 1); got 1. Use rate 0"],
    [{ rate: -1 }, "GaussianDropout: rate must be a number in [0, 1); got -1."],
    [{ stddev: 1 }, 'GaussianDropout: Unknown parameter "stddev"'],
  ],
});

describeLayer("gaussianNoise", {
  make: gaussianNoise,
  random: true,
  off: gaussianNoise({ stddev: 0 }),
  examples: [0.01, 2].map((stddev) => ({ spec: gaussianNoise({ stddev }), inputShape: [2, 3, 5] })),
  sentences: [
    [{}, "GaussianNoise: stddev must be given; got nothing."],
    [{ stddev: -1 }, "GaussianNoise: stddev must be a number of at least 0; got -1. Use stddev 0"],
    [{ stddev: NaN }, "GaussianNoise: stddev must be a number of at least 0; got NaN."],
    [{ rate: 1 }, "GaussianNoise: stddev must be given"],
  ],
});

const n = 40_000;
const shape = [4, n / 4];
const allowed = normalErrors(n);

describe("the noise has the formula's moments, within five standard errors:", () => {
  // Keras: factors of mean 1 and deviation sqrt(rate / (1 - rate)).
  it.each([0.1, 0.5, 0.8])("gaussianDropout at rate %d", (rate) => {
    const y = noisyOutput(gaussianDropout({ rate }), shape, new Float64Array(n).fill(-2));
    const deviation = Math.sqrt(rate / (1 - rate));
    const { mean, variance, kurtosis } = momentsOf(y.map((v) => (v / -2 - 1) / deviation));
    expect(Math.abs(mean)).toBeLessThan(allowed.mean);
    expect(Math.abs(variance - 1)).toBeLessThan(allowed.variance);
    expect(Math.abs(kurtosis - 3)).toBeLessThan(allowed.kurtosis);
  });

  it("gaussianNoise of deviation 0.3", () => {
    const x = Float64Array.from({ length: n }, (_, i) => i % 7);
    const y = noisyOutput(gaussianNoise({ stddev: 0.3 }), shape, x);
    const { mean, variance, kurtosis } = momentsOf(y.map((v, i) => (v - x[i]) / 0.3));
    expect(Math.abs(mean)).toBeLessThan(allowed.mean);
    expect(Math.abs(variance - 1)).toBeLessThan(allowed.variance);
    expect(Math.abs(kurtosis - 3)).toBeLessThan(allowed.kurtosis);
  });
});
