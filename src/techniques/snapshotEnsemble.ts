/** @file A snapshot ensemble: one training in cycles, whose ends are the members. */
import { UsageError } from "../util/index.js";
import { defineTechnique } from "./define.js";
import { requireAbsent, requireOneNetwork } from "./training.js";
import { recipeParameters, type Recipe } from "./recipe.js";

const TITLE = "SnapshotEnsemble";

function requireCycles({ training }: Recipe, cycles: number): void {
  if (training.epochs % cycles !== 0) {
    throw new UsageError(
      `${TITLE}: epochs must be a multiple of the ${cycles} cycles; got ${training.epochs}. ` +
        "Change one of them.",
    );
  }
  if (typeof training.optimizer.learningRate === "number") return;
  throw new UsageError(
    `${TITLE}: the optimizer's learningRate must be a number, from which each cycle falls; got a schedule. ` +
      "Give a number.",
  );
}

export const snapshotEnsemble = defineTechnique({
  id: "snapshotEnsemble",
  title: TITLE,
  params: { cycles: recipeParameters.cycles },
  apply: (recipe, { cycles }) => {
    requireOneNetwork(recipe, TITLE);
    // Both put other weights in the place of those at a cycle's end.
    requireAbsent(recipe, TITLE, "earlyStopping");
    requireAbsent(recipe, TITLE, "averaging");
    requireCycles(recipe, cycles);
    return { ...recipe, ensemble: { kind: "snapshots", cycles } };
  },
  what:
    "Trains once, in cycles in each of which the learning rate falls to 0 along half a cosine and then jumps back; the " +
    "weights at the end of each cycle are a member, and the members' outputs are averaged.",
  formula:
    "rate(t) = learningRate (1 + cos(pi t / T)) / 2 in a cycle of T updates; p(x) = mean over cycles of p_m(x)",
  cost: "One training; cycles predictions for each row.",
  helps: "Where an ensemble would, at the price of one training.",
  fails:
    "Members of short cycles are weak, and neighbours are alike: a deep ensemble of as many members is better. Part of " +
    "the effect is the schedule's own: an arm with that schedule alone would tell.",
  reference: "Huang et al., ICLR 2017",
});
