/** @file Fewer parameters: narrower hidden layers. */
import { acceptsParameter, type LayerSpec } from "../nn/index.js";
import { real, UsageError } from "../util/index.js";
import { defineTechnique } from "./define.js";
import { changeLayers, requireHidden } from "./layers.js";
import type { Recipe } from "./recipe.js";

const TITLE = "FewerParameters";

/** The parameter that says how wide a layer is. */
const widthName = (layer: LayerSpec): "units" | "filters" =>
  acceptsParameter(layer, "units") ? "units" : "filters";

const narrowed = (width: number, factor: number): number => Math.max(1, Math.round(width * factor));

function narrow(recipe: Recipe, factor: number): Recipe {
  const positions = requireHidden(recipe, { title: TITLE, wanted: "hidden layer" });
  const widths = positions.map((position) => {
    const layer = recipe.model.layers[position];
    return layer[widthName(layer)] as number;
  });
  if (factor < 1 && widths.every((width) => narrowed(width, factor) === width)) {
    throw new UsageError(
      `${TITLE}: factor must narrow a hidden layer; got ${factor} for widths ${widths.join(", ")}. ` +
        "Use a smaller factor.",
    );
  }
  return changeLayers(recipe, positions, (layer) => {
    const name = widthName(layer);
    return { ...layer, [name]: narrowed(layer[name] as number, factor) };
  });
}

export const fewerParameters = defineTechnique({
  id: "fewerParameters",
  title: TITLE,
  params: {
    factor: real({
      min: 0,
      max: 1,
      minOpen: true,
      default: 0.5,
      off: 1,
      advice: "Use factor 1 to switch it off.",
      search: [0.05, 1],
    }),
  },
  apply: (recipe, { factor }) => narrow(recipe, factor),
  what: "Multiplies the width of each hidden layer by factor, rounded, at least 1: units, or filters of convolutions.",
  formula: "units = max(1, round(factor units))",
  cost: "Less: dense layers between hidden ones have about factor^2 of the weights, in training and prediction.",
  helps:
    "Where the model is larger than the task: it is faster too. The control for every other technique.",
  fails:
    "Wide networks often generalize better than narrow ones though both fit. Arms share no initial weights with the " +
    "baseline: shapes differ.",
  reference: "Vapnik and Chervonenkis, 1971, for capacity; Zhang et al., ICLR 2017, for its limits",
});
