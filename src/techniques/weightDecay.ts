/** @file Decoupled weight decay. */
import { real } from "../util/index.js";
import { defineTechnique } from "./define.js";
import { addToOptimizer } from "./training.js";

export const weightDecay = defineTechnique({
  id: "weightDecay",
  title: "WeightDecay",
  params: {
    strength: real({
      min: 0,
      default: 0.004,
      off: 0,
      advice: "Use strength 0 to switch it off.",
      search: [1e-5, 1e-1],
    }),
  },
  apply: (recipe, { strength }) =>
    addToOptimizer(
      recipe,
      { weightDecay: strength },
      { title: "WeightDecay", taken: ["weightDecay"] },
    ),
  what:
    "Shrinks each kernel before each update by a share, apart from the gradient. Biases and the scales " +
    "of normalization do not decay.",
  formula: "w = w - learningRate strength w, then the optimizer's update",
  cost: "One operation a weight and step; nothing in prediction.",
  helps:
    "With Adam and others that scale each coordinate: there it is not the same as l2, and is easier to " +
    "tune apart from the learning rate.",
  fails:
    "It scales with the learning rate: changing or scheduling that changes the decay. For plain SGD it is l2 " +
    "with half the strength.",
  reference: "Loshchilov and Hutter, Decoupled weight decay regularization, ICLR 2019",
});
