/** @file Early stopping, with the weights of the best epoch. */
import { choice, integer, real } from "../util/index.js";
import { defineTechnique } from "./define.js";
import { requireAbsent, withTraining } from "./training.js";

const TITLE = "EarlyStopping";

export const earlyStopping = defineTechnique({
  id: "earlyStopping",
  title: TITLE,
  params: {
    patience: integer({ min: 1, default: 3, search: [1, 20] }),
    minDelta: real({ min: 0, default: 0 }),
    monitor: choice({
      choices: ["validation.loss", "validation.accuracy"],
      default: "validation.loss",
    }),
  },
  apply: (recipe, values) => {
    requireAbsent(recipe, TITLE, "earlyStopping");
    // Stopped early, an average of late epochs may never begin, and would be ignored in silence.
    if (recipe.training.averaging?.kind === "swa") requireAbsent(recipe, TITLE, "averaging");
    return withTraining(recipe, { earlyStopping: values });
  },
  what:
    "Ends the training once the validation score has not improved for patience epochs, and puts the weights of its " +
    "best epoch back, also if all epochs were trained. It ends at noise as at a real turn.",
  formula: "an epoch improves if score < best - minDelta (accuracy: > best + minDelta)",
  cost: "Less than the whole training: it is the one technique that saves time. Copies of the weights.",
  helps:
    "Whatever overfits: validation loss of the unregularized reference is lowest at epoch 4 to 7 of 20.",
  fails:
    "Validation rows choose the epoch, so that their score at it is optimistic: judge by the test set. Loss and accuracy " +
    "have different best epochs. Slow but sure trainings are cut off by a short patience.",
  reference: "Prechelt, Early stopping - but when?, 1998",
});
