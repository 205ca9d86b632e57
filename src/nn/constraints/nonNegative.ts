/** @file Non-negative: negative weights become 0. */
import { ops } from "../../graph/index.js";
import { defineConstraint } from "./define.js";

/**
 * After each update, `w = max(w, 0)`. Keras' `NonNeg`.
 *
 * @example dense({ units: 1, kernelConstraint: nonNegative() })
 */
export const nonNegative = defineConstraint({
  kind: "nonNegative",
  title: "NonNegative",
  params: {},
  project: (weight) => ops.maximum(weight, 0),
});
