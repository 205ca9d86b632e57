/** @file BatchNorm: normalization between each hidden layer and its activation. */
import { batchNormalization } from "../nn/index.js";
import { defineTechnique } from "./define.js";
import { normalizeHiddenLayers } from "./normalize.js";

export const batchNorm = defineTechnique({
  id: "batchNorm",
  title: "BatchNorm",
  params: {},
  apply: (recipe) => normalizeHiddenLayers(recipe, "BatchNorm", () => batchNormalization()),
  what:
    "Standardizes each hidden feature, before its activation, by the mean and variance of the batch in training, and " +
    "by their running means in prediction; then scales and shifts it by learned numbers.",
  formula:
    "y = gamma (x - mean) / sqrt(variance + 0.001) + beta, mean and variance of the batch, biased",
  cost: "Two sums over each feature and step, and two more weights a feature; in prediction a scale and a shift.",
  helps:
    "Training of deep networks, with higher learning rates. That is its main effect; the noise of batch statistics " +
    "regularizes a little, less the larger the batch: its size falls as 1 / sqrt(batch size).",
  fails:
    "Small batches, and batches of one row are refused. An l2 penalty on weights before it does not limit the function. " +
    "With dropout before it, statistics in training and prediction differ.",
  reference: "Ioffe and Szegedy, ICML 2015",
});
