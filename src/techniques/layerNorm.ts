/** @file LayerNorm: normalization between each hidden layer and its activation. */
import { layerNormalization } from "../nn/index.js";
import { defineTechnique } from "./define.js";
import { normalizeHiddenLayers } from "./normalize.js";

export const layerNorm = defineTechnique({
  id: "layerNorm",
  title: "LayerNorm",
  params: {},
  apply: (recipe) => normalizeHiddenLayers(recipe, "LayerNorm", () => layerNormalization()),
  what:
    "Standardizes the features of each row, before the activation of each hidden layer, by their own mean and variance; " +
    "then scales and shifts them by learned numbers. Training and prediction do the same.",
  formula:
    "y = gamma (x - mean) / sqrt(variance + 0.001) + beta, mean and variance over a row's last axis",
  cost: "Two sums over each row, and two more weights a feature, in training and prediction.",
  helps: "Training of deep and recurrent networks and transformers, whatever the batch size.",
  fails:
    "It is not meant to regularize: it draws no noise. In convolutional networks batchNorm is usually the better one.",
  reference: "Ba, Kiros and Hinton, arXiv:1607.06450, 2016",
});
