/** @file Gradient clipping. */
import { choice, real } from "../util/index.js";
import { defineTechnique } from "./define.js";
import { addToOptimizer } from "./training.js";

/** The optimizer's setting for each way. */
const settings = { globalNorm: "globalClipNorm", norm: "clipNorm", value: "clipValue" } as const;

export const gradientClipping = defineTechnique({
  id: "gradientClipping",
  title: "GradientClipping",
  params: {
    limit: real({ min: 0, minOpen: true, default: 1, search: [0.1, 10] }),
    by: choice({ choices: ["globalNorm", "norm", "value"], default: "globalNorm" }),
  },
  apply: (recipe, { limit, by }) =>
    addToOptimizer(
      recipe,
      { [settings[by]]: limit },
      { title: "GradientClipping", taken: Object.values(settings) },
    ),
  what:
    "Scales gradients down to a norm of at most limit: all together, with by=norm each weight's; with by=value " +
    "each element is cut instead.",
  formula: "g = g limit / max(|g|, limit)",
  cost: "A sum over all gradients a step; nothing in prediction.",
  helps:
    "Against single steps that destroy a training: recurrent and very deep networks, high learning rates.",
  fails:
    "It is a safeguard, not a regularizer: a limit that no gradient reaches does nothing. Adam undoes a constant factor.",
  reference: "Pascanu, Mikolov and Bengio, ICML 2013",
});
