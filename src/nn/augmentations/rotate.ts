/** @file Rotate: images are turned about their centre. */
import { real } from "../../util/index.js";
import { defineAugmentation } from "./define.js";
import { AFFINE_COLUMNS, resample, samplingParameters } from "./resample.js";

/**
 * Turns each image about its centre by an angle that is drawn evenly from [-degrees, degrees], for each
 * image of each batch.
 *
 * Keras' `RandomRotation` takes the angle as a share of a full turn, and fills by reflection by default;
 * torchvision's `RandomRotation` takes degrees, fills with 0 and takes the nearest pixel by default.
 *
 * @param options.degrees - in [0, 180], default 10; 0 switches it off
 * @param options.fill - "constant" (default), "nearest" or "reflect"
 * @param options.value - of the fill "constant", default 0
 * @param options.interpolation - "bilinear" (default) or "nearest"
 * @example fit(images, { augmentation: [rotate({ degrees: 15 })], ... })
 */
export const rotate = defineAugmentation({
  kind: "rotate",
  title: "Rotate",
  params: {
    degrees: real({ min: 0, max: 180, default: 10, off: 0, search: [2, 30] }),
    ...samplingParameters,
  },
  takesImages: true,
  columns: AFFINE_COLUMNS,
  draw: ({ degrees }, random, { rows }) =>
    Array.from({ length: rows }, () => {
      const angle = ((2 * random.uniform() - 1) * degrees * Math.PI) / 180;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      return [cos, sin, -sin, cos, 0, 0];
    }),
  apply: ({ x, targets }, { drawn, values }) => ({ x: resample(x, drawn, values), targets }),
});
