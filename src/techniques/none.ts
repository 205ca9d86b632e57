/** @file No regularization: the baseline that every comparison needs. */
import { defineTechnique } from "./define.js";

export const none = defineTechnique({
  id: "none",
  title: "None",
  params: {},
  apply: (recipe) => recipe,
  cost: { trainStep: 1, epochsToBest: 1, inference: 1 },
  reference: "The baseline: the recipe as it is",
});
