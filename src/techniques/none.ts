/** @file No regularization: the baseline that every comparison needs. */
import { defineTechnique } from "./define.js";

export const none = defineTechnique({
  id: "none",
  title: "None",
  params: {},
  apply: (recipe) => recipe,
  what: "Trains the recipe as it is.",
  formula: "objective = mean loss",
  cost: "None.",
  helps: "As the first arm: every difference is measured against it.",
  fails: "It shows what the recipe does, not what a tuned recipe without the technique could do.",
  reference: "The baseline: the recipe as it is",
});
