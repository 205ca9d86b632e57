/** @file What a technique is: a name, declared parameters, a change of the recipe, and what to know of it. */
import { checkParameters, isOff, type Parameters, type ParameterValues } from "../util/index.js";
import type { Recipe } from "./recipe.js";

/** What `holdout explain` prints beside the parameters; plain text. */
export interface Explanation {
  /** What it does, in one sentence or two. */
  readonly what: string;
  readonly formula: string;
  /** What it costs in training and in prediction. */
  readonly cost: string;
  readonly helps: string;
  readonly fails: string;
}

/** A regularization technique: it names and configures mechanisms of nn and data, and owns none. */
export interface Technique<P extends Parameters = Parameters> extends Explanation {
  /** As written on the command line. */
  readonly id: string;
  readonly title: string;
  /** The first one is what `id=value` sets. */
  readonly params: P;
  /**
   * Receives checked values; use {@link applyTechnique}, which checks them.
   *
   * @throws UsageError for a recipe in which it could do nothing, or that has such a setting already
   */
  apply(recipe: Recipe, values: ParameterValues<P>): Recipe;
  /** Author, where, year. */
  readonly reference: string;
}

/** Declares a technique; the types of `apply`'s values follow from `params`. */
export function defineTechnique<P extends Parameters>(technique: Technique<P>): Technique<P> {
  return technique;
}

/**
 * The recipe with the technique in it; at its off value the recipe itself, so that "off" and "none"
 * are one training, bit for bit.
 *
 * @param values - parameters by name; missing ones take their defaults.
 * @throws UsageError naming the first value out of range or the unknown parameter, or why the technique
 *   does not apply to this recipe.
 */
export function applyTechnique(
  recipe: Recipe,
  technique: Technique,
  values: Readonly<Record<string, unknown>> = {},
): Recipe {
  const checked = checkParameters(technique.title, technique.params, values);
  return isOff(technique.params, checked) ? recipe : technique.apply(recipe, checked);
}
