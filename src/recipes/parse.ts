/** @file From the text of a recipe file to a checked recipe, with the arms and seeds that it names. */
import type { Recipe } from "../techniques/index.js";
import { UsageError } from "../util/index.js";
import { readText } from "./lines.js";
import { createRecipeSchema, type FileContent } from "./schema.js";
import { listMistakes, sentence, type Path } from "./sentences.js";

/** What a recipe file says: how to train, and what to compare if it says so. */
export interface RecipeFile {
  readonly recipe: Recipe;
  /** As on the command line; the first one is the baseline. */
  readonly arms?: readonly string[];
  /** How many. */
  readonly seeds?: number;
}

/** Where mistakes are. */
interface Place {
  /** The subject of the sentences: a file's name, "compare". */
  readonly name: string;
  /** What the data is called, if not by its keys alone: "recipe". */
  readonly root?: string;
  readonly lineOf?: (path: Path) => number;
}

/** The data with defaults, or one sentence for each mistake, in the order of the file. */
function check(data: unknown, { name, root, lineOf = () => 0 }: Place): FileContent {
  const result = createRecipeSchema().schema.safeParse(data);
  if (result.success) return result.data;
  const sentences = listMistakes(result.error)
    .map((mistake) => ({ mistake, line: mistake.path.length === 0 ? 0 : lineOf(mistake.path) }))
    .sort((a, b) => a.line - b.line)
    .map(({ mistake, line }) => sentence(mistake, line === 0 ? name : `${name}:${line}`, root));
  throw new UsageError(sentences.join("\n"));
}

function split({ $schema: _, arms, seeds, ...recipe }: FileContent): RecipeFile {
  return { recipe, ...(arms && { arms }), ...(seeds !== undefined && { seeds }) };
}

/**
 * Reads a recipe from YAML or JSON. Components that leave out parameters get their defaults; nothing in the text
 * is run.
 *
 * @param options.name - the file's name, for the sentences; default "recipe"
 * @throws UsageError with one sentence for each mistake, with its line: text that is no YAML, unknown keys and
 *   names with the nearest known one, values out of range, what is missing, layers that do not fit together
 * @example
 * const { recipe, arms } = parseRecipe(await readFile("recipe.yaml", "utf8"), { name: "recipe.yaml" });
 */
export function parseRecipe(text: string, options: { readonly name?: string } = {}): RecipeFile {
  const { name = "recipe" } = options;
  const { data, lineOf } = readText(text, name);
  return split(check(data, { name, lineOf }));
}

/**
 * Checks a recipe that a program made, as one of a file is checked, and fills in defaults.
 *
 * @param who - the subject of the sentences: "compare"
 * @throws UsageError with one sentence for each mistake; functions as parts of layers are refused, too, for a
 *   recipe is plain data
 */
export function checkRecipe(who: string, recipe: Recipe): Recipe {
  return split(check(recipe, { name: who, root: "recipe" })).recipe;
}
