/** @file Decoupled weight decay. */
import { real } from "../util/index.js";
import { defineTechnique } from "./define.js";
import { addToOptimizer } from "./training.js";

export const weightDecay = defineTechnique({
  id: "weightDecay",
  title: "WeightDecay",
  params: {
    rate: real({
      min: 0,
      default: 0.004,
      off: 0,
      advice: "Use rate 0 to switch it off.",
      search: [1e-5, 1e-1],
    }),
  },
  apply: (recipe, { rate }) =>
    addToOptimizer(recipe, { weightDecay: rate }, { title: "WeightDecay", taken: ["weightDecay"] }),
  what:
    "Shrinks each kernel before each update by a share, apart from the gradient. Biases and the scales " +
    "of normalization do not decay.",
  formula: "w = w - learningRate rate w, then the optimizer's update",
  cost: "One operation a weight and step; nothing in prediction.",
  helps:
    "With Adam and others that scale each coordinate: there it is not the same as l2, and is easier to " +
    "tune apart from the learning rate.",
  fails:
    "It scales with the learning rate: changing or scheduling that changes the decay. For plain SGD it is l2 " +
    "with half the rate as strength.",
  reference: "Loshchilov and Hutter, Decoupled weight decay regularization, ICLR 2019",
});
