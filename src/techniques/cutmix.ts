/** @file CutMix of training images. */
import { cutmix as augmentation } from "../nn/index.js";
import { defineTechnique } from "./define.js";
import { addAugmentations } from "./training.js";

export const cutmix = defineTechnique({
  id: "cutmix",
  title: "CutMix",
  params: augmentation.definition.params,
  apply: (recipe, { alpha }) => addAugmentations(recipe, [augmentation({ alpha })]),
  what:
    "Replaces a box of each training image by that of another image of its batch, and mixes their targets by area. " +
    "One box for each batch.",
  formula:
    "loss = s loss(t_i) + (1 - s) loss(t_j), s the share of area kept; box area 1 - Beta(alpha, alpha)",
  cost: "A copy of the batch and a second loss; nothing in prediction.",
  helps: "Image classifiers whose objects fill the image.",
  fails:
    "Small objects in the middle, such as digits: a box may hold all of one or none. Running accuracy means nothing " +
    "under it. Rows must be images.",
  reference: "Yun et al., ICCV 2019",
});
