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

/** @throws UsageError for a name that no technique has, with the nearest one */
export function findTechnique(id: string): Technique {
  const found = techniques.find((technique) => technique.id === id);
  if (found !== undefined) return found;
  throw unknownName(
    "technique",
    id,
    techniques.map((technique) => technique.id),
  );
}

/** A number where one is meant and readable; else the text, for the range check to refuse by name. */
function readValue(parameter: Parameter | undefined, text: string): number | string {
  if (parameter === undefined || parameter.kind === "choice" || text === "") return text;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

/** The parts of a text between separators, without those inside of parentheses. */
function splitOutside(text: string, separator: RegExp): readonly string[] {
  // Only a lookahead can tell that a separator is inside: a closing parenthesis comes before an opening one.
  const outside = new RegExp(`${separator.source}(?![^()]*\\))`);
  return text.split(outside).map((part) => part.trim());
}

/** The arms of a list such as "none,l2=1e-4,elasticNet(l1=1e-4,l2=1e-3)". */
export const splitArms = (text: string): readonly string[] => splitOutside(text, /,/);

/** `id`, `id=value` or `id(name=value,...)`. */
const FORM = /^([^=()]*)(?:=(.*)|\((.*)\))?$/s;

function readNamed(technique: Technique, list: string, text: string) {
  const entries = list.split(",").map((entry): [string, string] => {
    const [name, ...rest] = entry.split("=").map((part) => part.trim());
    if (name !== "" && rest.length > 0) return [name, rest.join("=")];
    throw new UsageError(
      `${technique.title}: parameters in parentheses must be written name=value; got "${entry.trim()}" ` +
        `in "${text}". Known: ${Object.keys(technique.params).join(", ")}.`,
    );
  });
  const twice = entries.find(([name], i) => entries.findIndex(([other]) => other === name) < i);
  if (twice !== undefined) {
    throw new UsageError(
      `${technique.title}: a parameter must be given once; got "${twice[0]}" twice in "${text}". Keep one.`,
    );
  }
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const known = Object.hasOwn(technique.params, name) ? technique.params[name] : undefined;
      return [name, readValue(known, value)];
    }),
  );
}

function parseTechnique(text: string): TechniqueChoice {
  const form = FORM.exec(text);
  if (form === null) {
    throw new UsageError(
      `Arm: a technique must be written id, id=value or id(name=value,...); got "${text}".`,
    );
  }
  const id = form[1].trim();
  const technique = findTechnique(id);
  // Absent where the form has no such part, whatever its type says.
  const [value, list] = [form[2], form[3]] as (string | undefined)[];
  const [main] = Object.entries(technique.params);
  if ((value !== undefined || list !== undefined) && main === undefined) {
    throw new UsageError(
      `${technique.title}: there must be no value; got "${text}". Write "${id}".`,
    );
  }
  const named = list === undefined ? {} : readNamed(technique, list, text);
  const given = value === undefined ? named : { [main[0]]: readValue(main[1], value.trim()) };
  return { id, params: checkParameters(technique.title, technique.params, given) };
}

/**
 * Reads an arm: one technique, or several joined by "+". `id=value` sets the technique's first
 * parameter, `id(name=value,...)` any of them; those not named take their defaults, as all do for `id`.
 *
 * @throws UsageError for an empty arm, an unknown technique or parameter (with the nearest name), a value
 *   out of its range, or a technique named twice.
 * @example
 * parseArm("dropout=0.5")
 * // { name: "dropout=0.5", techniques: [{ id: "dropout", params: { rate: 0.5 } }] }
 */
export function parseArm(text: string): Arm {
  const name = text.trim();
  // A plus sign before a digit or a point belongs to a number: 1e+3.
  const parts = splitOutside(name, /\+(?![\d.])/);
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
