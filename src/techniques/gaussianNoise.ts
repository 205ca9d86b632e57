/** @file Gaussian noise on the inputs. */
import { gaussianNoise as layer } from "../nn/index.js";
import { defineTechnique } from "./define.js";
import { INPUT, insertLayers } from "./layers.js";

export const gaussianNoise = defineTechnique({
  id: "gaussianNoise",
  title: "GaussianNoise",
  params: { stddev: { ...layer.definition.params.stddev, default: 0.1 } },
  apply: (recipe, { stddev }) => insertLayers(recipe, [INPUT], () => [layer({ stddev })]),
  what: "In training, adds a normal number to each input feature, new at each step. Prediction is without noise.",
  formula: "training: x = x + stddev z, z ~ N(0, 1), after features are scaled",
  cost: "One normal number a feature and step; nothing in prediction.",
  helps:
    "Where inputs are noisy anyway. For a linear model and squared error it is l2 of strength stddev^2.",
  fails:
    "Noise as large as what tells classes apart; features of different units, unless they are standardized.",
  reference: "Bishop, Neural Computation 7 (1995) 108-116",
});
