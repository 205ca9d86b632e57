/** @file Sharpness-aware minimization. */
import { real } from "../util/index.js";
import { defineTechnique } from "./define.js";
import { addToOptimizer } from "./training.js";

export const sam = defineTechnique({
  id: "sam",
  title: "SAM",
  params: {
    radius: real({
      min: 0,
      default: 0.05,
      off: 0,
      advice: "Use radius 0 to switch it off.",
      search: [0.01, 0.5],
    }),
  },
  apply: (recipe, { radius }) =>
    addToOptimizer(
      recipe,
      { sharpnessRadius: radius },
      { title: "SAM", taken: ["sharpnessRadius"] },
    ),
  what: "Takes each step's gradient at the worst point nearby, so that training prefers flat minima.",
  formula: "g = gradient at w + radius g0 / (|g0| + 1e-12), g0 the gradient at w; applied at w",
  cost: "Two passes a step: about twice the training time. Nothing in prediction.",
  helps: "Image classifiers, and labels with errors in them.",
  fails: "For the same time, a baseline could have trained twice as long: compare that too.",
  reference: "Foret et al., ICLR 2021",
});
