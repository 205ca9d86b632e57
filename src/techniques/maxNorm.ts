/** @file Max norm: a limit on the length of each hidden unit's incoming weights. */
import { maxNorm as constraint, acceptsParameter } from "../nn/index.js";
import { UsageError } from "../util/index.js";
import { defineTechnique } from "./define.js";
import { changeLayers, requireHidden, type NamedLayerSpec } from "./layers.js";

const TITLE = "MaxNorm";

/** The axes of what comes into one unit: of a dense kernel [inputs, units]; of images [height, width, channels, filters]. */
const incomingAxes = (layer: NamedLayerSpec): number | readonly number[] =>
  acceptsParameter(layer, "kernelSize") ? [0, 1, 2] : 0;

function constrain(layer: NamedLayerSpec, maxValue: number): NamedLayerSpec {
  if (layer.kernelConstraint !== undefined) {
    throw new UsageError(
      `${TITLE}: kernels must have no constraint yet; got one on ${layer.name}. Take it out of the recipe.`,
    );
  }
  return { ...layer, kernelConstraint: constraint({ maxValue, axis: incomingAxes(layer) }) };
}

export const maxNorm = defineTechnique({
  id: "maxNorm",
  title: TITLE,
  params: { maxValue: { ...constraint.definition.params.maxValue, default: 3 } },
  apply: (recipe, { maxValue }) =>
    changeLayers(recipe, requireHidden(recipe, { title: TITLE, wanted: "hidden layer" }), (layer) =>
      constrain(layer, maxValue),
    ),
  what:
    "After each update, scales the incoming weights of each hidden unit down to a norm of at most maxValue. " +
    "Of a convolution a unit is a filter.",
  formula: "w = w min(maxValue, |w|) / (1e-7 + |w|), |w| the norm of a unit's incoming weights",
  cost: "A few operations a weight and step; nothing in prediction.",
  helps:
    "Together with dropout and a high learning rate: the dropout paper's best MNIST networks have both.",
  fails:
    "A limit that no unit reaches does nothing at all; look at norms before you choose one. The paper has 3 to 4.",
  reference: "Srebro and Shraibman, COLT 2005; Srivastava et al., JMLR 15 (2014) 1929-1958",
});
