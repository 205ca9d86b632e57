/** @file Label smoothing in the loss. */
import { binaryCrossEntropy, categoricalCrossEntropy, type LossChoice } from "../nn/index.js";
import { UsageError } from "../util/index.js";
import { defineTechnique } from "./define.js";
import { withTraining } from "./training.js";

const smoothable: readonly string[] = [categoricalCrossEntropy, binaryCrossEntropy].map(
  ({ definition }) => definition.kind,
);

function smooth(loss: LossChoice, labelSmoothing: number): LossChoice {
  const spec = typeof loss === "string" ? { kind: loss } : loss;
  if (!smoothable.includes(spec.kind)) {
    throw new UsageError(
      `LabelSmoothing: the loss must be ${smoothable.join(" or ")}; got ${spec.kind}. ` +
        "Other losses have no labels to smooth.",
    );
  }
  const before = "labelSmoothing" in spec ? spec.labelSmoothing : 0;
  if (before === 0) return { ...spec, labelSmoothing };
  throw new UsageError(
    `LabelSmoothing: the recipe's loss must not smooth labels yet; got labelSmoothing ${JSON.stringify(before)}. ` +
      "Take it out of the recipe.",
  );
}

const { labelSmoothing: declared } = categoricalCrossEntropy.definition.params;

export const labelSmoothing = defineTechnique({
  id: "labelSmoothing",
  title: "LabelSmoothing",
  params: { smoothing: { ...declared, default: 0.1, advice: "Use smoothing 0 to switch it off." } },
  apply: (recipe, { smoothing }) =>
    withTraining(recipe, { loss: smooth(recipe.training.loss, smoothing) }),
  what:
    "Trains towards targets that give a share of their probability to all classes alike. Reported losses are of " +
    "the targets themselves.",
  formula: "q = (1 - smoothing) onehot + smoothing / K, in training alone",
  cost: "None.",
  helps:
    "Accuracy of classifiers that are too sure: on 2,000 rows of MNIST 0.1 made 5.5 % errors of 7.2 %.",
  fails:
    "Probabilities are flattened on purpose: there the calibration error rose from 0.05 to 0.16, and averaging such " +
    "networks does not mend it. Where losses are compared, it can look worse than it classifies.",
  reference: "Szegedy et al., CVPR 2016; Müller, Kornblith and Hinton, NeurIPS 2019",
});
