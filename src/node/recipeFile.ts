/** @file Reads a recipe from a file: YAML or JSON, which are data, or a module, which is a program. */
import { readFileSync } from "node:fs";
import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { RecipeFile } from "../recipes/index.js";
import type { Recipe } from "../techniques/index.js";
import { UsageError } from "../util/index.js";

/** Loaded late: most runs have no recipe of their own. */
const loadRecipes = () => import("../recipes/index.js");

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "permission is missing",
  EISDIR: "it is a folder",
};

async function readData(path: string): Promise<RecipeFile> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `Recipe: the path must be a file that can be read; got "${path}" (${reasons[code] ?? message}). ` +
        '"holdout init" writes one.',
    );
  }
  const { parseRecipe } = await loadRecipes();
  return parseRecipe(text, { name: path });
}

/** What a module exports. */
interface RecipeModule {
  readonly default?: Recipe;
  readonly arms?: readonly string[];
  readonly seeds?: number;
}

async function importModule(path: string): Promise<RecipeModule> {
  try {
    return (await import(pathToFileURL(resolve(path)).href)) as RecipeModule;
  } catch (error) {
    throw new UsageError(`${path}: the module must run; got an error: ${String(error)}`, {
      cause: error,
    });
  }
}

async function runModule(path: string): Promise<RecipeFile> {
  const { default: recipe, arms, seeds } = await importModule(path);
  if (recipe === undefined) {
    throw new UsageError(
      `${path}: the module must export a recipe as its default; got none. Write export default { ... }.`,
    );
  }
  const { checkRecipe } = await loadRecipes();
  return {
    recipe: checkRecipe(path, recipe),
    ...(arms && { arms }),
    ...(seeds !== undefined && { seeds }),
  };
}

async function runTypeScript(path: string): Promise<RecipeFile> {
  if ("typescript" in process.features && process.features.typescript) return runModule(path);
  throw new UsageError(
    `${path}: a recipe in TypeScript must have a Node that runs it, 22.18 or newer; got ${process.version}. ` +
      "Compile it to .js, or call compare({ recipe }) in your program.",
  );
}

const readers: Readonly<Record<string, (path: string) => Promise<RecipeFile>>> = {
  ".yaml": readData,
  ".yml": readData,
  ".json": readData,
  ".js": runModule,
  ".mjs": runModule,
  ".ts": runTypeScript,
  ".mts": runTypeScript,
};

/**
 * Reads a recipe file, of the kind that its name ends with. `.yaml`, `.yml` and `.json` are data: nothing in them
 * is run. `.js`, `.mjs` and, where Node runs TypeScript, `.ts` and `.mts` are programs: they are run, with all that
 * they may do. Their default export is a recipe, beside which they may export `arms` and `seeds`.
 *
 * @throws UsageError if the file cannot be read, and for each mistake in it: see {@link parseRecipe}
 * @example
 * const result = await compare({ ...(await readRecipe("recipe.yaml")), epochs: 5 });
 */
export async function readRecipe(path: string): Promise<RecipeFile> {
  const extension = extname(path).toLowerCase();
  if (Object.hasOwn(readers, extension)) return readers[extension](path);
  throw new UsageError(
    `Recipe: the file's name must end with ${Object.keys(readers).join(", ")}; got "${path}". Rename it.`,
  );
}
