/** @file Random erasing: a box of an image is painted over. */
import { ops } from "../../graph/index.js";
import { real, UsageError, type RandomStream } from "../../util/index.js";
import { imageSides, isInside, type Box } from "./box.js";
import { defineAugmentation } from "./define.js";

/** How often a box is drawn anew that does not fit, as in PyTorch; after that, nothing is erased. */
const ATTEMPTS = 10;
const NOTHING: Box = [0, 0, 0, 0];

interface Sizes {
  readonly minArea: number;
  readonly maxArea: number;
  readonly minAspect: number;
  readonly maxAspect: number;
}

const between = (random: RandomStream, low: number, high: number): number =>
  low + (high - low) * random.uniform();

function drawBox(
  random: RandomStream,
  [height, width]: readonly [number, number],
  sizes: Sizes,
): Box {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const area = between(random, sizes.minArea, sizes.maxArea) * height * width;
    const aspect = Math.exp(between(random, Math.log(sizes.minAspect), Math.log(sizes.maxAspect)));
    const h = Math.round(Math.sqrt(area * aspect));
    const w = Math.round(Math.sqrt(area / aspect));
    if (h >= height || w >= width) continue;
    const top = random.below(height - h + 1);
    const left = random.below(width - w + 1);
    return [top, left, top + h, left + w];
  }
  return NOTHING;
}

const area = (value: number) => real({ min: 0, max: 1, minOpen: true, default: value });
const aspect = (value: number) => real({ min: 0, minOpen: true, default: value });

/**
 * With probability `rate`, a box of an image is set to `value` in all channels; its share of the area and
 * the logarithm of its aspect, height over width, are drawn evenly from their ranges. A box that does not
 * fit is drawn again, ten times at most.
 *
 * As torchvision's `RandomErasing`, with its defaults. Keras' erases every image by default, and fills with
 * noise.
 *
 * @param options.rate - probability for each image, in [0, 1], default 0.5; 0 switches it off
 * @param options.minArea - share of the image, in (0, 1], default 0.02
 * @param options.maxArea - default 0.33
 * @param options.minAspect - greater than 0, default 0.3
 * @param options.maxAspect - default 3.3
 * @param options.value - as the network gets it, after scaling; default 0
 * @example fit(images, { augmentation: [randomErasing({ rate: 0.25 })], ... })
 * @see Zhong et al., Random erasing data augmentation, 2020
 */
export const randomErasing = defineAugmentation({
  kind: "randomErasing",
  title: "RandomErasing",
  params: {
    rate: real({ min: 0, max: 1, default: 0.5, off: 0, advice: "Use rate 0 to switch it off." }),
    minArea: area(0.02),
    maxArea: area(0.33),
    minAspect: aspect(0.3),
    maxAspect: aspect(3.3),
    value: real({ default: 0 }),
  },
  check: ({ minArea, maxArea, minAspect, maxAspect }) => {
    if (minArea <= maxArea && minAspect <= maxAspect) return;
    const name = minArea > maxArea ? "Area" : "Aspect";
    const [low, high] = minArea > maxArea ? [minArea, maxArea] : [minAspect, maxAspect];
    throw new UsageError(
      `RandomErasing: min${name} must be at most max${name}; got ${low} and ${high}.`,
    );
  },
  takesImages: true,
  columns: 4,
  draw: (values, random, { rows, rowShape }) =>
    Array.from({ length: rows }, () =>
      random.uniform() < values.rate ? drawBox(random, imageSides(rowShape), values) : NOTHING,
    ),
  apply: ({ x, targets }, { drawn, values: { value } }) => ({
    x: ops.select(isInside(x, drawn), value, x),
    targets,
  }),
});
