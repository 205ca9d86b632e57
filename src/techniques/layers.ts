/** @file Changes of a recipe's layers: which ones are hidden, and what comes before and behind them. */
import { acceptsParameter, namesOf, type LayerSpec } from "../nn/index.js";
import { UsageError } from "../util/index.js";
import type { Recipe } from "./recipe.js";

/** Where {@link insertLayers} puts what comes before all layers. */
export const INPUT = -1;
const INPUT_NAME = "input";

/** A layer with a name of its own. */
export type NamedLayerSpec = LayerSpec & { readonly name: string };

export const hasKernel = (layer: LayerSpec): boolean =>
  acceptsParameter(layer, "kernelRegularizer");
export const isNormalization = (layer: LayerSpec): boolean =>
  acceptsParameter(layer, "gammaInitializer");

/** An activation or a normalization as a layer: it belongs to the layer with weights before it. */
const finishesAnother = (layer: LayerSpec): boolean =>
  !hasKernel(layer) && (acceptsParameter(layer, "activation") || isNormalization(layer));

/**
 * The layers, each with the name that it has anyway: names decide the streams of initial weights and
 * noise, which must not change when layers come between.
 */
export function pinNames({ model }: Recipe): readonly NamedLayerSpec[] {
  const names = namesOf(model.layers);
  return model.layers.map((layer, i) => ({ ...layer, name: names[i] as string }));
}

export const withLayers = (recipe: Recipe, layers: readonly LayerSpec[]): Recipe => ({
  ...recipe,
  model: { ...recipe.model, layers },
});

/** Positions of the hidden layers that are wanted: of those with a kernel, all but the last, the output. */
function hiddenPositions(
  { model: { layers } }: Recipe,
  isWanted: (layer: LayerSpec) => boolean = () => true,
): readonly number[] {
  const output = layers.findLastIndex(hasKernel);
  return layers.flatMap((layer, position) =>
    hasKernel(layer) && position !== output && isWanted(layer) ? [position] : [],
  );
}

/**
 * Positions as {@link hiddenPositions}, which must not be none.
 *
 * @param title - subject of the sentence
 * @param wanted - "hidden layer", "convolution layer"
 */
export function requireHidden(
  recipe: Recipe,
  { title, wanted }: { readonly title: string; readonly wanted: string },
  isWanted?: (layer: LayerSpec) => boolean,
): readonly number[] {
  const positions = hiddenPositions(recipe, isWanted);
  if (positions.length > 0) return positions;
  const kinds = recipe.model.layers.map(({ kind }) => kind).join(", ");
  throw new UsageError(
    `${title}: the model must have a ${wanted} before its output layer; got ${kinds}. ` +
      "Leave the technique out, or add such a layer.",
  );
}

/** The last of the activations and normalizations that follow a layer; itself if there are none. */
export function endOfLayer(recipe: Recipe, position: number): number {
  const next = recipe.model.layers.at(position + 1);
  const follows = next !== undefined && finishesAnother(next) && next.inputs === undefined;
  return follows ? endOfLayer(recipe, position + 1) : position;
}

/** "dropout_1", or with the first number that no layer has. */
function freeName(kind: string, taken: ReadonlySet<string>): string {
  let number = 1;
  while (taken.has(`${kind}_${number}`)) number++;
  return `${kind}_${number}`;
}

/** The layer with its `inputs` read from what now gives their outputs. */
function redirect<L extends LayerSpec>(layer: L, renamed: ReadonlyMap<string, string>): L {
  if (layer.inputs === undefined) return layer;
  const inputs = (layer.inputs as readonly string[]).map((name) => renamed.get(name) ?? name);
  return { ...layer, inputs };
}

/**
 * The recipe with more layers behind some. Whatever took the output of such a layer, by its place or by
 * name, takes that of the last layer put behind it.
 *
 * @param behind - positions, {@link INPUT} for the model's input
 * @param make - the layers to put there, which take the output of the one before
 */
export function insertLayers(
  recipe: Recipe,
  behind: readonly number[],
  make: (position: number) => readonly LayerSpec[],
): Recipe {
  const pinned = pinNames(recipe);
  const taken = new Set(pinned.map(({ name }) => name));
  const renamed = new Map<string, string>();
  const added = (position: number): readonly NamedLayerSpec[] => {
    if (!behind.includes(position)) return [];
    const made = make(position).map((layer) => {
      const name = freeName(layer.kind, taken);
      taken.add(name);
      return { ...layer, name };
    });
    renamed.set(
      position === INPUT ? INPUT_NAME : pinned[position].name,
      made[made.length - 1].name,
    );
    return made;
  };
  const first = added(INPUT);
  const rest = pinned.flatMap((layer, position) => [redirect(layer, renamed), ...added(position)]);
  return withLayers(recipe, [...first, ...rest]);
}

/**
 * The recipe with one more layer after each hidden layer, behind its activation.
 *
 * @param title - subject of the sentence that refuses a recipe without hidden layers
 */
export function insertAfterHiddenLayers(
  recipe: Recipe,
  title: string,
  make: () => LayerSpec,
): Recipe {
  const hidden = requireHidden(recipe, { title, wanted: "hidden layer" });
  const ends = hidden.map((position) => endOfLayer(recipe, position));
  return insertLayers(recipe, ends, () => [make()]);
}

/** The recipe with the layers at these positions replaced; all keep their names. */
export function changeLayers(
  recipe: Recipe,
  positions: readonly number[],
  change: (layer: NamedLayerSpec) => LayerSpec,
): Recipe {
  return withLayers(
    recipe,
    pinNames(recipe).map((layer, i) => (positions.includes(i) ? change(layer) : layer)),
  );
}
