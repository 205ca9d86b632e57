/** @file A deep ensemble: several networks of different seeds, whose probabilities are averaged. */
import { defineTechnique } from "./define.js";
import { recipeParameters } from "./recipe.js";
import { requireOneNetwork } from "./training.js";

const TITLE = "Ensemble";

export const ensemble = defineTechnique({
  id: "ensemble",
  title: TITLE,
  params: { members: recipeParameters.members },
  apply: (recipe, { members }) => {
    requireOneNetwork(recipe, TITLE);
    return { ...recipe, ensemble: { kind: "deep", members } };
  },
  what:
    "Trains members networks on the same rows, which differ in initial weights, batch order and noise, and averages " +
    "their outputs: of classifiers their probabilities. The first one is the baseline's network of that seed; the " +
    "others' seeds are drawn from it, so that no two trials share a network.",
  formula: "p(x) = mean over members of p_m(x)",
  cost: "members trainings, and members predictions for each row.",
  helps:
    "Nearly everywhere, in loss and calibration more than in accuracy: the loss of the mean is never above the mean loss " +
    "of the members. Members that err in different ways help most.",
  fails:
    "When time or size of the model in use is what counts: a wider network for the same cost is the fair rival. Most of " +
    "the gain comes with the first few members. Of bias that members share it takes nothing away.",
  reference: "Lakshminarayanan, Pritzel and Blundell, NIPS 2017",
});
