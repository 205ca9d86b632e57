/** @file Mixup of training rows. */
import { mixup as augmentation } from "../nn/index.js";
import { defineTechnique } from "./define.js";
import { addAugmentations } from "./training.js";

export const mixup = defineTechnique({
  id: "mixup",
  title: "Mixup",
  params: augmentation.definition.params,
  apply: (recipe, { alpha }) => addAugmentations(recipe, [augmentation({ alpha })]),
  what: "Mixes each training row with another of its batch, and their targets likewise, with one share for each batch.",
  formula:
    "x = s x_i + (1 - s) x_j, loss = s loss(t_i) + (1 - s) loss(t_j), s ~ Beta(alpha, alpha)",
  cost: "A copy of the batch and a second loss; nothing in prediction.",
  helps: "Image classifiers, and labels with errors in them.",
  fails:
    "Running accuracy means nothing under it: it knows one of the two targets. Large alpha underfits. Rows between " +
    "others must be plausible.",
  reference: "Zhang et al., ICLR 2018",
});
