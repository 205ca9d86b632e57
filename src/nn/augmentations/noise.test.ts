/** @file The contract of augmentations for noise; its mean and standard deviation. */
import { expect, it } from "vitest";
import { augment, describeAugmentation } from "../../../test/contract/describeAugmentation.js";
import { noise } from "./noise.js";

describeAugmentation("noise", {
  make: noise,
  examples: [noise({ stddev: 0.3 })],
  off: noise({ stddev: 0 }),
  sentences: [[{ stddev: -1 }, "Noise: stddev must be a number of at least 0; got -1."]],
});

it("has mean 0 and the asked standard deviation", async () => {
  const size = 20_000;
  const images = new Float32Array(size).fill(1);
  const { x } = await augment(noise({ stddev: 0.5 }), { images, shape: [100] });
  const mean = x.reduce((a, b) => a + b, 0) / size - 1;
  const variance = x.reduce((a, b) => a + (b - 1) ** 2, 0) / size;
  expect(Math.abs(mean)).toBeLessThan(3.5 * (0.5 / Math.sqrt(size)));
  // The standard error of a variance is sqrt(2 / n) of it.
  expect(Math.abs(variance / 0.25 - 1)).toBeLessThan(3.5 * Math.sqrt(2 / size));
});
