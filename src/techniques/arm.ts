/** @file An arm of a study: techniques composed on a recipe, written as "l2=1e-4+dropout=0.5". */
import { checkParameters, unknownName, UsageError, type Parameter } from "../util/index.js";
import { applyTechnique, type Technique } from "./define.js";
import { techniques } from "./list.js";
import type { Recipe } from "./recipe.js";

/** One technique at one strength, as plain data. */
export interface TechniqueChoice {
  readonly id: string;
  readonly params: Readonly<Record<string, number | string>>;
}

/** Plain data, like the recipe it changes. */
export interface Arm {
  /** As the user wrote it. */
  readonly name: string;
  /** Applied in this order; every parameter has its value. */
  readonly techniques: readonly TechniqueChoice[];
}

function findTechnique(id: string): Technique {
  const found = techniques.find((technique) => technique.id === id);
  if (found !== undefined) return found;
  throw unknownName(
    "technique",
    id,
    techniques.map((technique) => technique.id),
  );
}

/** A number where one is meant and readable; else the text, for the range check to refuse by name. */
function readValue(parameter: Parameter, text: string): number | string {
  if (parameter.kind === "choice" || text === "") return text;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

function parseTechnique(text: string): TechniqueChoice {
  const [id, ...rest] = text.split("=").map((part) => part.trim());
  const technique = findTechnique(id);
  const [main] = Object.entries(technique.params);
  const value = rest.join("=");
  if (rest.length > 0 && main === undefined) {
    throw new UsageError(
      `${technique.title}: there must be no value; got "${text}". Write "${id}".`,
    );
  }
  const given = rest.length > 0 ? { [main[0]]: readValue(main[1], value) } : {};
  return { id, params: checkParameters(technique.title, technique.params, given) };
}

/**
 * Reads an arm: one technique, or several joined by "+". `id=value` sets the technique's first
 * parameter; `id` alone takes the defaults.
 *
 * @throws UsageError for an empty arm, an unknown technique (with the nearest name), a value out of
 *   its range, or a technique named twice.
 * @example
 * parseArm("dropout=0.5")
 * // { name: "dropout=0.5", techniques: [{ id: "dropout", params: { rate: 0.5 } }] }
 */
export function parseArm(text: string): Arm {
  const name = text.trim();
  // A plus sign before a digit or a point belongs to a number: 1e+3.
  const parts = name.split(/\+(?![\d.])/).map((part) => part.trim());
  if (parts.includes("")) {
    throw new UsageError(
      `Arm: each technique must have a name; got "${name}". Write "none", "dropout=0.5" or "a=1+b=2".`,
    );
  }
  const choices = parts.map(parseTechnique);
  const twice = choices.find(({ id }, index) => choices.findIndex((c) => c.id === id) < index);
  if (twice !== undefined) {
    throw new UsageError(
      `Arm: a technique must be named once; got "${twice.id}" twice in "${name}". Keep one of them.`,
    );
  }
  return { name, techniques: choices };
}

/** The recipe that an arm trains. */
export function applyArm(recipe: Recipe, arm: Arm): Recipe {
  return arm.techniques.reduce(
    (changed, { id, params }) => applyTechnique(changed, findTechnique(id), params),
    recipe,
  );
}
