/** @file Zoom: images are made larger or smaller about their centre. */
import { real } from "../../util/index.js";
import { defineAugmentation } from "./define.js";
import { AFFINE_COLUMNS, resample, samplingParameters } from "./resample.js";

/**
 * Makes each image larger by a factor, the same for height and width, that is drawn evenly from
 * [1 - range, 1 + range], for each image of each batch; the image keeps its size.
 *
 * Keras' `RandomZoom` has a factor above 0 make images smaller, and fills by reflection by default;
 * torchvision's `RandomAffine(scale=...)` enlarges as here and takes the nearest pixel by default.
 *
 * @param options.range - in [0, 1), default 0.1; 0 switches it off
 * @param options.fill - "constant" (default), "nearest" or "reflect"
 * @param options.value - of the fill "constant", default 0
 * @param options.interpolation - "bilinear" (default) or "nearest"
 * @example fit(images, { augmentation: [zoom({ range: 0.2 })], ... })
 */
export const zoom = defineAugmentation({
  kind: "zoom",
  title: "Zoom",
  params: {
    range: real({ min: 0, max: 1, maxOpen: true, default: 0.1, off: 0, search: [0.02, 0.4] }),
    ...samplingParameters,
  },
  takesImages: true,
  columns: AFFINE_COLUMNS,
  draw: ({ range }, random, { rows }) =>
    Array.from({ length: rows }, () => {
      const nearer = 1 / (1 + (2 * random.uniform() - 1) * range);
      return [nearer, 0, 0, nearer, 0, 0];
    }),
  apply: ({ x, targets }, { drawn, values }) => ({ x: resample(x, drawn, values), targets }),
});
