/** @file The embedded data set: 28 x 28 images of the ten digits, drawn from strokes, any number of rows. */
import { checkParameters, choice, integer, randomStream, real } from "../util/index.js";
import { dataset, type LabelledDataset } from "./dataset.js";
import { drawDigit, PAGE } from "./digitDrawing.js";
import { SKELETONS } from "./digitSkeletons.js";
import { sharedBytes, sharedIntegers } from "./sharedArrays.js";

const CLASSES = SKELETONS.length;

/** The parameters of {@link digits}: ranges and defaults. */
export const DIGITS_PARAMETERS = {
  rows: integer({ min: 1, max: 1_000_000, default: 2000 }),
  seed: integer({ min: 0, max: Number.MAX_SAFE_INTEGER, default: 1 }),
  labelNoise: real({ min: 0, max: 1, default: 0, off: 0, search: [0, 0.4] }),
  part: choice({ choices: ["pool", "test"], default: "pool" }),
} as const;

export interface DigitsOptions {
  /** How many images, in [1, 1,000,000]; default 2,000. */
  readonly rows?: number;
  /** Default 1. Another seed gives other images of the same kind. */
  readonly seed?: number;
  /** Share of rows whose label is replaced by a wrong one, in [0, 1]; default 0. Images stay the same. */
  readonly labelNoise?: number;
  /** Two endless sequences of images that share none: to train and validate on, and to test on. */
  readonly part?: "pool" | "test";
}

/**
 * Draws the digits data set: procedural images for trying things out without a download. They say
 * nothing about real handwriting.
 *
 * Row r is a function of (seed, part, r) alone: more rows begin with the same rows as fewer.
 *
 * @returns features of shape [28, 28] in bytes, to be scaled by 1 / 255; labels 0 to 9, each digit
 * equally likely.
 * @throws UsageError naming the option out of range.
 */
export function digits(options: DigitsOptions = {}): LabelledDataset {
  const { rows, seed, labelNoise, part } = checkParameters("digits", DIGITS_PARAMETERS, {
    ...options,
  });
  const features = sharedBytes(rows * PAGE * PAGE);
  const labels = sharedIntegers(rows);
  for (let row = 0; row < rows; row++) {
    const name = `digits/${part}/${row}`;
    const random = randomStream(seed, name);
    const digit = random.below(CLASSES);
    features.set(drawDigit(digit, random), row * PAGE * PAGE);
    const shift = labelShift(labelNoise, seed, `${name}/label`);
    labels[row] = (digit + shift) % CLASSES;
  }
  return dataset({
    name: "digits",
    features,
    featureShape: [PAGE, PAGE],
    scale: 1 / 255,
    labels,
    classes: CLASSES,
  });
}

/** By how many classes a label is moved: 0, or with probability `share` one of 1 ... 9. */
function labelShift(share: number, seed: number, name: string): number {
  // A stream of its own, so that noise on labels changes no image.
  const random = randomStream(seed, name);
  return random.uniform() < share ? 1 + random.below(CLASSES - 1) : 0;
}
