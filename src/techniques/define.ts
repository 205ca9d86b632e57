/** @file What a technique is: a name, declared parameters and a change of the recipe. */
import { checkParameters, type Parameters, type ParameterValues } from "../util/index.js";
import type { Recipe } from "./recipe.js";

/** Rough price, relative to the same training without the technique. */
export interface TechniqueCost {
  /** Time of one training step. */
  readonly trainStep: number;
  /** Epochs to the lowest validation loss. */
  readonly epochsToBest: number;
  /** Time of one prediction. */
  readonly inference: number;
}

/** A regularization technique: it names and configures mechanisms of nn and data, and owns none. */
export interface Technique<P extends Parameters = Parameters> {
  /** As written on the command line. */
  readonly id: string;
  readonly title: string;
  /** The first one is what `id=value` sets. */
  readonly params: P;
  /** Receives checked values; use {@link applyTechnique}, which checks them. */
  apply(recipe: Recipe, values: ParameterValues<P>): Recipe;
  readonly cost: TechniqueCost;
  /** Author, where, year. */
  readonly reference: string;
}

/** Declares a technique; the types of `apply`'s values follow from `params`. */
export function defineTechnique<P extends Parameters>(technique: Technique<P>): Technique<P> {
  return technique;
}

/** True if every parameter that declares an off value has it, and at least one declares it. */
function isOff(params: Parameters, values: Readonly<Record<string, unknown>>): boolean {
  const switches = Object.entries(params).flatMap(([name, parameter]) =>
    "off" in parameter ? [values[name] === parameter.off] : [],
  );
  return switches.length > 0 && switches.every(Boolean);
}

/**
 * The recipe with the technique in it; at its off value the recipe itself, so that "off" and "none"
 * are one training, bit for bit.
 *
 * @param values - parameters by name; missing ones take their defaults.
 * @throws UsageError naming the first value out of range or the unknown parameter.
 */
export function applyTechnique(
  recipe: Recipe,
  technique: Technique,
  values: Readonly<Record<string, unknown>> = {},
): Recipe {
  const checked = checkParameters(technique.title, technique.params, values);
  return isOff(technique.params, checked) ? recipe : technique.apply(recipe, checked);
}
