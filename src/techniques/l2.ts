/** @file L2 penalty on the kernels. */
import { l2 as penalty } from "../nn/index.js";
import { defineTechnique } from "./define.js";
import { addPenalty } from "./penalties.js";

export const l2 = defineTechnique({
  id: "l2",
  title: "L2",
  params: penalty.definition.params,
  apply: (recipe, { strength }) => addPenalty(recipe, "L2", { l1: 0, l2: strength }),
  what:
    "Penalizes the sum of squared weights, of all kernels and no bias. Weights shrink, those of directions " +
    "in which data varies little the most, and do not become exactly 0.",
  formula: "objective = mean loss + strength sum(w^2)",
  cost: "A few operations a weight and step; nothing in prediction.",
  helps:
    "With few rows for the number of weights; it also calms confidence. It trades variance for bias: on 2,000 " +
    "rows of MNIST 1e-3 lowered variance at unchanged bias, 1e-2 raised bias more than it lowered variance.",
  fails:
    "Too strong, it underfits. With Adam its gradient is divided like any other, which weightDecay avoids. " +
    "Weights that feed a normalization are not limited in effect: there it only changes the step size.",
  reference: "Hoerl and Kennard, Technometrics 12 (1970) 55-67",
});
