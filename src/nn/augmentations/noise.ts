/** @file Noise: a normal number is added to each feature. */
import { ops } from "../../graph/index.js";
import { real } from "../../util/index.js";
import { drawNormal } from "../layers/random.js";
import { defineAugmentation } from "./define.js";

/**
 * `x + stddev z`, z standard normal and new for each feature at each step. The layer `gaussianNoise` does
 * the same anywhere in a network; as an augmentation, it can stand before or after others.
 *
 * @param options.stddev - as the network gets features, after scaling; at least 0, default 0.1; 0
 *   switches it off
 * @example fit(rows, { augmentation: [noise({ stddev: 0.05 })], ... })
 */
export const noise = defineAugmentation({
  kind: "noise",
  title: "Noise",
  params: { stddev: real({ min: 0, default: 0.1, off: 0, search: [0.01, 1] }) },
  takesImages: false,
  columns: 0,
  apply: ({ x, targets }, { values: { stddev }, noise: source, name }) => ({
    x: ops.add(x, ops.multiply(drawNormal(x.shape, { noise: source, name }), stddev)),
    targets,
  }),
});
