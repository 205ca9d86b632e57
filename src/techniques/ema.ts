/** @file An exponential moving average of the weights. */
import { ema as averaging } from "../nn/index.js";
import { defineTechnique } from "./define.js";
import { requireAbsent, withTraining } from "./training.js";

const TITLE = "EMA";

export const ema = defineTechnique({
  id: "ema",
  title: TITLE,
  params: {
    momentum: {
      ...averaging.definition.params.momentum,
      off: 0,
      advice: "Use momentum 0 to switch it off.",
    },
  },
  apply: (recipe, { momentum }) => {
    requireAbsent(recipe, TITLE, "averaging");
    return withTraining(recipe, { averaging: averaging({ momentum }) });
  },
  what:
    "Keeps a moving average of the weights over updates. The average is what is scored and kept; training goes on from " +
    "the weights themselves.",
  formula: "average = momentum average + (1 - momentum) w, after each batch",
  cost: "A second copy of the weights and two operations a weight and step; nothing in prediction.",
  helps: "Noisy trainings: small batches, high learning rates, dropout.",
  fails:
    "A momentum near 1 remembers 1 / (1 - momentum) updates: with few updates the average lags far behind the weights.",
  reference: "Polyak and Juditsky, SIAM J. Control Optim. 30 (1992) 838-855",
});
