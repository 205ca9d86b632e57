/** @file Spatial dropout after each convolution. */
import { acceptsParameter, spatialDropout2d } from "../nn/index.js";
import { defineTechnique } from "./define.js";
import { endOfLayer, insertLayers, requireHidden } from "./layers.js";

const SUBJECT = { title: "SpatialDropout", wanted: "convolution layer" };

export const spatialDropout = defineTechnique({
  id: "spatialDropout",
  title: SUBJECT.title,
  params: { rate: { ...spatialDropout2d.definition.params.rate, default: 0.2 } },
  apply: (recipe, { rate }) => {
    const convolutions = requireHidden(recipe, SUBJECT, (layer) =>
      acceptsParameter(layer, "kernelSize"),
    );
    const ends = convolutions.map((position) => endOfLayer(recipe, position));
    return insertLayers(recipe, ends, () => [spatialDropout2d({ rate })]);
  },
  what:
    "Dropout of whole channels: in training, each channel that a convolution gives for an image is set to 0 with " +
    "probability rate. Prediction is without noise.",
  formula:
    "training: y = x keep / (1 - rate), one keep ~ Bernoulli(1 - rate) for each image and channel",
  cost: "One random number a channel and image; nothing in prediction.",
  helps:
    "In convolutional networks, where neighbouring pixels hold nearly the same and dropout takes little away.",
  fails: "With few channels each is much to lose. Models without convolutions are refused.",
  reference: "Tompson et al., CVPR 2015",
});
