/** @file Changes of how a recipe trains: settings that must not be there already, and batch augmentations. */
import type { AugmentationSpec } from "../nn/index.js";
import { UsageError } from "../util/index.js";
import type { Recipe, TrainingChoice } from "./recipe.js";

export const withTraining = (recipe: Recipe, change: Partial<TrainingChoice>): Recipe => ({
  ...recipe,
  training: { ...recipe.training, ...change },
});

/**
 * The recipe with more settings of its optimizer.
 *
 * @param title - subject of the sentence
 * @param taken - settings that must not be in use: replacing one would hide what the recipe says
 */
export function addToOptimizer(
  recipe: Recipe,
  settings: Readonly<Record<string, number>>,
  { title, taken }: { readonly title: string; readonly taken: readonly string[] },
): Recipe {
  const { optimizer } = recipe.training;
  const used = taken.find((name) => optimizer[name] !== undefined && optimizer[name] !== 0);
  if (used !== undefined) {
    throw new UsageError(
      `${title}: the recipe's optimizer must not have ${used} yet; got ${JSON.stringify(optimizer[used])} ` +
        `in ${optimizer.kind}. Take it out of the recipe, or set it there alone.`,
    );
  }
  return withTraining(recipe, { optimizer: { ...optimizer, ...settings } });
}

/** The recipe with more batch augmentations, after those that it has. */
export const addAugmentations = (recipe: Recipe, added: readonly AugmentationSpec[]): Recipe =>
  withTraining(recipe, { augmentation: [...(recipe.training.augmentation ?? []), ...added] });

/** Throws if the recipe trains several networks already. */
export function requireOneNetwork({ ensemble }: Recipe, title: string): void {
  if (ensemble === undefined) return;
  throw new UsageError(
    `${title}: the recipe must have no ensemble yet; got ${JSON.stringify(ensemble)}. Keep one of them.`,
  );
}

/**
 * Throws if the recipe has that setting already.
 *
 * @param title - subject of the sentence
 * @param field - what must be absent
 */
export function requireAbsent(
  { training }: Recipe,
  title: string,
  field: "averaging" | "earlyStopping",
): void {
  if (training[field] === undefined) return;
  throw new UsageError(
    `${title}: the recipe must have no ${field} yet; got ${JSON.stringify(training[field])}. ` +
      "Keep one of them.",
  );
}
