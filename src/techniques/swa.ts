/** @file Stochastic weight averaging. */
import { swa as averaging } from "../nn/index.js";
import { integer, real } from "../util/index.js";
import { defineTechnique } from "./define.js";
import { requireAbsent, withTraining } from "./training.js";

const TITLE = "SWA";

export const swa = defineTechnique({
  id: "swa",
  title: TITLE,
  params: {
    start: real({ min: 0, max: 1, maxOpen: true, default: 0.75, search: [0.5, 0.9] }),
    everyEpochs: integer({ min: 1, default: 1 }),
  },
  apply: (recipe, { start, everyEpochs }) => {
    requireAbsent(recipe, TITLE, "averaging");
    requireAbsent(recipe, TITLE, "earlyStopping");
    const startEpoch = Math.floor(start * recipe.training.epochs) + 1;
    return withTraining(recipe, { averaging: averaging({ startEpoch, everyEpochs }) });
  },
  what:
    "Once the share start of all epochs is trained, averages the weights at the ends of epochs. The average is what is " +
    "scored and kept, with the statistics of batch normalization computed anew.",
  formula: "average = average + (w - average) / (n + 1)",
  cost: "A second copy of the weights; with batch normalization a pass over the training rows for each average.",
  helps:
    "Trainings whose learning rate stays high or returns, so that epochs end at different good weights.",
  fails:
    "With a learning rate that has fallen to 0 there is nothing to average. Weights of early epochs spoil the mean. With " +
    "early stopping the average may never begin: choose one.",
  reference: "Izmailov et al., UAI 2018",
});
