/** @file Elastic net: L1 and L2 penalties on the kernels. */
import { elasticNet as penalty } from "../nn/index.js";
import { defineTechnique } from "./define.js";
import { addPenalty } from "./penalties.js";

const { l1, l2, method } = penalty.definition.params;

export const elasticNet = defineTechnique({
  id: "elasticNet",
  title: "ElasticNet",
  params: {
    l1: { ...l1, advice: "Use l1 0 to switch that part off." },
    l2: { ...l2, advice: "Use l2 0 to switch that part off." },
    method,
  },
  apply: (recipe, values) => addPenalty(recipe, "ElasticNet", values),
  what:
    "L1 and L2 at once, on all kernels and no bias: the first gives exact zeros, the second keeps the " +
    "weights of correlated inputs together.",
  formula: "objective = mean loss + l1 sum(|w|) + l2 sum(w^2)",
  cost: "A few operations a weight and step; nothing in prediction.",
  helps: "Where l1 helps but inputs are correlated, so that its selection is unstable.",
  fails:
    "Two strengths must be chosen. glmnet writes lambda (alpha |w| + (1 - alpha) / 2 w^2): convert before " +
    "comparing.",
  reference: "Zou and Hastie, JRSS B 67 (2005) 301-320",
});
