/** @file The contract of augmentations for randomErasing; how many images, and how much of them. */
import { expect, it } from "vitest";
import { augment, describeAugmentation } from "../../../test/contract/describeAugmentation.js";
import { randomErasing } from "./randomErasing.js";

describeAugmentation("randomErasing", {
  make: randomErasing,
  examples: [
    randomErasing({ rate: 1, minArea: 0.1 }),
    randomErasing({ rate: 1, value: 0.5, minArea: 0.1 }),
  ],
  off: randomErasing({ rate: 0 }),
  sentences: [
    [
      { rate: 1.5 },
      "RandomErasing: rate must be a number in [0, 1]; got 1.5. Use rate 0 to switch it off.",
    ],
    [{ minArea: 0.5 }, "RandomErasing: minArea must be at most maxArea; got 0.5 and 0.33."],
    [{ minAspect: 5 }, "RandomErasing: minAspect must be at most maxAspect; got 5 and 3.3."],
  ],
});

it("erases a box of the asked size in about the share `rate` of the images, in all channels", async () => {
  const [rows, side] = [400, 20];
  const images = new Float32Array(rows * side * side * 2).fill(1);
  const spec = randomErasing({ rate: 0.25, minArea: 0.1, maxArea: 0.2, value: -1 });
  const { x } = await augment(spec, { images, shape: [side, side, 2] });
  const areas = Array.from({ length: rows }, (_, row) => {
    const pixels = x.subarray(row * side * side * 2, (row + 1) * side * side * 2);
    const first = pixels.filter((_, i) => i % 2 === 0);
    expect(first).toEqual(pixels.filter((_, i) => i % 2 === 1));
    return first.filter((value) => value === -1).length / (side * side);
  });
  const erased = areas.filter((area) => area > 0);
  // Three and a half standard errors of a share of 0.25.
  expect(Math.abs(erased.length / rows - 0.25)).toBeLessThan(3.5 * Math.sqrt((0.25 * 0.75) / rows));
  // Sides are rounded to whole pixels.
  expect(Math.min(...erased)).toBeGreaterThan(0.08);
  expect(Math.max(...erased)).toBeLessThan(0.23);
});
