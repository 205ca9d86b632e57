/** @file L1 penalty on the kernels. */
import { l1 as penalty } from "../nn/index.js";
import { defineTechnique } from "./define.js";
import { addPenalty } from "./penalties.js";

export const l1 = defineTechnique({
  id: "l1",
  title: "L1",
  params: penalty.definition.params,
  apply: (recipe, { strength, method }) =>
    addPenalty(recipe, "L1", { l1: strength, l2: 0, method }),
  what:
    "Penalizes the sum of absolute weights, of all kernels and no bias. By proximal steps, the default, " +
    "weights become exactly 0; along the subgradient, as Keras and PyTorch go, they only come near.",
  formula: "objective = mean loss + strength sum(|w|)",
  cost: "A few operations a weight and step; nothing in prediction.",
  helps:
    "Where many inputs are irrelevant: sparse linear models on standardized features are the classic case.",
  fails:
    "Weights that stay are shrunk too, and which of correlated features stay changes from sample to sample; " +
    "sparse first layers are no interpretation of a network. Count zeros of dead inputs apart.",
  reference: "Tibshirani, JRSS B 58 (1996) 267-288; Duchi and Singer, JMLR 10 (2009) 2899-2934",
});
