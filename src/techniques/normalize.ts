/** @file Puts a normalization between each hidden layer and its activation. */
import { activation, type LayerSpec } from "../nn/index.js";
import { UsageError } from "../util/index.js";
import {
  changeLayers,
  endOfLayer,
  insertLayers,
  isNormalization,
  requireHidden,
} from "./layers.js";
import type { Recipe } from "./recipe.js";

function requireUnnormalized(recipe: Recipe, title: string, positions: readonly number[]): void {
  const { layers } = recipe.model;
  const normalized = positions.find((position) =>
    layers.slice(position, endOfLayer(recipe, position) + 1).some(isNormalization),
  );
  if (normalized === undefined) return;
  throw new UsageError(
    `${title}: hidden layers must not be normalized yet; got a normalization behind layer ` +
      `${normalized + 1} (${layers[normalized].kind}). Keep one of the two.`,
  );
}

/** The layer's own activation, with the penalty on its output, as a layer; none if it is linear. */
function activationOf({ activation: name, activityRegularizer }: LayerSpec): readonly LayerSpec[] {
  if (name === undefined || name === "linear") return [];
  const penalty = activityRegularizer !== undefined && { activityRegularizer };
  return [{ ...activation({ activation: name as "relu" }), ...penalty }];
}

const linear = ({ activityRegularizer: _, ...layer }: LayerSpec): LayerSpec => ({
  ...layer,
  activation: "linear",
});

/** The layer up to its activation; a linear one as it is. */
const withoutActivation = (layer: LayerSpec): LayerSpec =>
  activationOf(layer).length === 0 ? layer : linear(layer);

/**
 * The recipe with `activation(normalize(product))` in each hidden layer. Biases stay, though a
 * normalization with an offset makes them redundant: all arms begin with the same weights.
 *
 * @param title - subject of the sentences
 */
export function normalizeHiddenLayers(
  recipe: Recipe,
  title: string,
  make: () => LayerSpec,
): Recipe {
  const hidden = requireHidden(recipe, { title, wanted: "hidden layer" });
  requireUnnormalized(recipe, title, hidden);
  const { layers } = recipe.model;
  const bare = changeLayers(recipe, hidden, withoutActivation);
  return insertLayers(bare, hidden, (position) => [make(), ...activationOf(layers[position])]);
}
