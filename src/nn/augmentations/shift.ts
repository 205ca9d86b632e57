/** @file Shift: images are moved up or down and sideways. */
import { real } from "../../util/index.js";
import { defineAugmentation } from "./define.js";
import { AFFINE_COLUMNS, resample, samplingParameters } from "./resample.js";

const share = real({ min: 0, max: 1, default: 0.1, off: 0, search: [0.02, 0.3] });

/**
 * Moves each image by a part of its height and width that is drawn evenly from [-height, height] and
 * [-width, width], for each image of each batch.
 *
 * Keras' `RandomTranslation` likewise, but it fills by reflection by default; torchvision's `RandomAffine`
 * moves by whole pixels and fills with 0.
 *
 * @param options.height - share of the height, in [0, 1], default 0.1; 0 for none
 * @param options.width - share of the width, in [0, 1], default 0.1; 0 for none
 * @param options.fill - "constant" (default), "nearest" or "reflect"
 * @param options.value - of the fill "constant", default 0
 * @param options.interpolation - "bilinear" (default) or "nearest"
 * @example fit(images, { augmentation: [shift({ height: 0.1, width: 0.1 })], ... })
 */
export const shift = defineAugmentation({
  kind: "shift",
  title: "Shift",
  params: { height: share, width: share, ...samplingParameters },
  takesImages: true,
  columns: AFFINE_COLUMNS,
  draw: ({ height, width }, random, { rows, rowShape }) =>
    Array.from({ length: rows }, () => [
      ...[1, 0, 0, 1],
      (2 * random.uniform() - 1) * height * rowShape[0],
      (2 * random.uniform() - 1) * width * rowShape[1],
    ]),
  apply: ({ x, targets }, { drawn, values }) => ({ x: resample(x, drawn, values), targets }),
});
