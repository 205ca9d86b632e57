/** @file Flatten: each row becomes a vector. */
import { ops, sizeOf } from "../../graph/index.js";
import { defineLayer } from "./define.js";

/** Gives [rows, size] from [rows, ...shape], in row-major order, as in Keras and PyTorch. */
export const flatten = defineLayer({
  kind: "flatten",
  title: "Flatten",
  params: {},
  build: (_, { inputShape }) => {
    const size = sizeOf(inputShape);
    return {
      outputShape: [size],
      weights: [],
      apply: (x) => ({ output: ops.reshape(x, [x.shape[0], size]) }),
    };
  },
});
