/** @file Flip: images are mirrored. */
import { real, UsageError } from "../../util/index.js";
import { flag } from "../parameters.js";
import { defineAugmentation } from "./define.js";
import { AFFINE_COLUMNS, resample } from "./resample.js";

/** Mirrored pixels are pixels: nothing lies between them, and nothing outside. */
const SAMPLING = { fill: "nearest", value: 0, interpolation: "nearest" } as const;

/**
 * With probability `rate`, an image is mirrored left to right; with `vertical`, and apart from that, also
 * upside down. Keras' `RandomFlip` does both by default, each with probability 0.5; torchvision has a
 * class for each. Mirrored digits are none: this is for objects that look alike from both sides.
 *
 * @param options.rate - probability of either, in [0, 1], default 0.5; 0 switches it off
 * @param options.horizontal - whether left and right may change places, default true
 * @param options.vertical - whether top and bottom may, default false
 * @example fit(images, { augmentation: [flip()], ... })
 */
export const flip = defineAugmentation({
  kind: "flip",
  title: "Flip",
  params: {
    rate: real({ min: 0, max: 1, default: 0.5, off: 0, advice: "Use rate 0 to switch it off." }),
    horizontal: flag({ default: true }),
    vertical: flag({ default: false }),
  },
  check: ({ horizontal, vertical }) => {
    if (horizontal || vertical) return;
    throw new UsageError(
      "Flip: horizontal or vertical must be true; got false for both. Use rate 0 to switch it off.",
    );
  },
  takesImages: true,
  columns: AFFINE_COLUMNS,
  draw: ({ rate, horizontal, vertical }, random, { rows }) =>
    Array.from({ length: rows }, () => {
      // Both are drawn whatever is asked for, so that either alone is the same for the same seed.
      const [sideways, upsideDown] = [random.uniform() < rate, random.uniform() < rate];
      return [vertical && upsideDown ? -1 : 1, 0, 0, horizontal && sideways ? -1 : 1, 0, 0];
    }),
  apply: ({ x, targets }, { drawn }) => ({ x: resample(x, drawn, SAMPLING), targets }),
});
