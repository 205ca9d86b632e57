/** @file GlobalAveragePooling2d: the mean of each channel over the image. */
import { ops } from "../../graph/index.js";
import { defineLayer } from "./define.js";

/** Gives [rows, channels], the means over height and width, as in Keras with its defaults. */
export const globalAveragePooling2d = defineLayer({
  kind: "globalAveragePooling2d",
  title: "GlobalAveragePooling2d",
  params: {},
  inputRank: 3,
  build: (_, { inputShape }) => ({
    outputShape: [inputShape[2]],
    weights: [],
    apply: (x) => ({ output: ops.mean(x, [1, 2]) }),
  }),
});
