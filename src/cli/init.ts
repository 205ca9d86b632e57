/** @file `holdout init`: writes a recipe file, by asking or the reference recipe. */
import { existsSync } from "node:fs";
import { extname } from "node:path";
import { checkWritable, compareDefaults, packageVersion, writeAtomically } from "../node/index.js";
import type { RecipeFile } from "../recipes/index.js";
import { referenceRecipe } from "../techniques/index.js";
import { UsageError } from "../util/index.js";

export interface InitFlags {
  readonly yes?: true;
}

/** 128 + SIGINT, as shells expect of Ctrl-C. */
const CANCELLED = 130;

const forms: Readonly<Record<string, "yaml" | "json">> = {
  ".yaml": "yaml",
  ".yml": "yaml",
  ".json": "json",
};

/** The package's registry serves its files, of each version, to editors. */
const schemaAddress = (): string =>
  `https://unpkg.com/holdout@${packageVersion()}/schema/recipe.schema.json`;

function formOf(path: string): "yaml" | "json" {
  const form = forms[extname(path).toLowerCase()] as "yaml" | "json" | undefined;
  if (form !== undefined) return form;
  throw new UsageError(
    `init: the file's name must end with ${Object.keys(forms).join(", ")}; got "${path}". Rename it.`,
  );
}

function checkNew(path: string): void {
  if (!existsSync(path)) return;
  throw new UsageError(
    `init: the file must not be there yet; got "${path}". Name another, or remove it first.`,
  );
}

async function ask(): Promise<RecipeFile | undefined> {
  if (!process.stdin.isTTY) {
    throw new UsageError(
      "init: there must be a terminal to ask on; got none. Use --yes to write the reference recipe.",
    );
  }
  const { askRecipe } = await import("./initQuestions.js");
  return askRecipe({ input: process.stdin, output: process.stdout });
}

/**
 * Writes the recipe file, whole or not at all.
 *
 * @returns the process's exit code
 * @throws UsageError if the file is there already or cannot be written, or nobody can be asked
 */
export async function runInit(path: string, { yes }: InitFlags): Promise<number> {
  const form = formOf(path);
  checkNew(path);
  checkWritable("init", path);
  const { arms, seeds } = compareDefaults;
  const file = yes ? { recipe: referenceRecipe, arms, seeds } : await ask();
  if (file === undefined) {
    process.stderr.write("Cancelled; nothing was written.\n");
    return CANCELLED;
  }
  const { formatRecipe } = await import("../recipes/index.js");
  // Somebody may have written it while questions were answered.
  checkNew(path);
  writeAtomically("init", path, formatRecipe(file, { form, schema: schemaAddress() }));
  process.stdout.write(`wrote ${path}; next: holdout compare --recipe ${path}\n`);
  return 0;
}
