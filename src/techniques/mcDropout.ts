/** @file Monte Carlo dropout: predictions averaged over noise. */
import { acceptsParameter, type LayerSpec } from "../nn/index.js";
import { UsageError } from "../util/index.js";
import { defineTechnique } from "./define.js";
import { recipeParameters } from "./recipe.js";

const TITLE = "McDropout";

/** Layers that draw random numbers, by the parameter that says how many or how large. */
const isNoisy = (layer: LayerSpec): boolean =>
  acceptsParameter(layer, "rate") || acceptsParameter(layer, "stddev");

export const mcDropout = defineTechnique({
  id: "mcDropout",
  title: TITLE,
  params: { samples: recipeParameters.predictionSamples },
  apply: (recipe, { samples }) => {
    if (!recipe.model.layers.some(isNoisy)) {
      throw new UsageError(
        `${TITLE}: the model must have a layer with noise, such as dropout; it has none. ` +
          'Put the noise before it: "dropout=0.5+mcDropout".',
      );
    }
    return { ...recipe, predictionSamples: samples };
  },
  what:
    "Leaves the noise on in prediction and averages the outputs of samples passes, of classifiers their probabilities. " +
    "Training is unchanged. It needs a model with noise: name it before, dropout=0.5+mcDropout.",
  formula: "p(x) = mean over samples of p(x; noise)",
  cost: "samples predictions for each row in place of one; nothing in training.",
  helps:
    "In calibration: networks that are sure and wrong under noise get less sure. The spread of the samples is a measure " +
    "of uncertainty.",
  fails:
    "In accuracy it rarely differs from dropout's own prediction, which about 50 samples reach. It is no full account " +
    "of uncertainty: far from the training rows it can be as sure as any network.",
  reference: "Gal and Ghahramani, ICML 2016; Srivastava et al., JMLR 15 (2014), section 7.5",
});
