/** @file The contract of augmentations for cutmix; shares are the areas that images keep. */
import { expect, it } from "vitest";
import {
  augment,
  describeAugmentation,
  someImages,
} from "../../../test/contract/describeAugmentation.js";
import { cutmix } from "./cutmix.js";

describeAugmentation("cutmix", {
  make: cutmix,
  examples: [cutmix(), cutmix({ alpha: 0.5 })],
  off: cutmix({ alpha: 0 }),
  sentences: [[{ beta: 1 }, 'Unknown parameter "beta"']],
});

it("takes a box from the partner, and shares the target by the area that is left", async () => {
  const [rows, height, width] = [4, 8, 6];
  const images = someImages(rows, [height, width]);
  for (const seed of [1, 2, 3, 4, 5]) {
    const { x, parts } = await augment(cutmix(), { images, shape: [height, width], seed });
    const size = height * width;
    for (let row = 0; row < rows; row++) {
      const partner = parts[1].labels[row];
      let kept = 0;
      for (let pixel = 0; pixel < size; pixel++) {
        const [own, other] = [images[row * size + pixel], images[partner * size + pixel]];
        expect([own, other]).toContain(x[row * size + pixel]);
        if (x[row * size + pixel] === own && own !== other) kept++;
      }
      if (partner !== row) expect(parts[0].shares[row]).toBeCloseTo(kept / size, 6);
    }
  }
});
