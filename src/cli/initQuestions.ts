/** @file The questions of `holdout init`. */
import { intro, isCancel, multiselect, outro, select, text } from "@clack/prompts";
import type { Readable, Writable } from "node:stream";
import { preprocessingParameter, sources } from "../data/index.js";
import { components } from "../nn/index.js";
import { compareDefaults } from "../node/index.js";
import type { RecipeFile } from "../recipes/index.js";
import { recipeParameters, referenceRecipe } from "../techniques/index.js";
import { integer, type IntegerParameter } from "../util/index.js";
import { armChoices, fileFrom, recipeFrom, refuseNumber, refuseWidths } from "./initAnswers.js";

/** Where questions are asked and answered. */
export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

/** Ctrl-C or Escape instead of an answer. */
class Cancelled extends Error {}

async function answer<T>(asked: Promise<T>): Promise<Exclude<T, symbol>> {
  const given = await asked;
  if (isCancel(given)) throw new Cancelled();
  return given as Exclude<T, symbol>;
}

const namesOf = (names: readonly string[]) => names.map((value) => ({ value, label: value }));

function createQuestions(terminal: Terminal) {
  const line = (
    message: string,
    initialValue: string,
    refuse: (text: string) => string | undefined,
  ) =>
    answer(text({ ...terminal, message, initialValue, validate: (given) => refuse(given ?? "") }));
  return {
    line,
    number: (message: string, parameter: IntegerParameter, initial: number) =>
      line(message, String(initial), (given) => refuseNumber("It", parameter, given)),
    choose: (message: string, names: readonly string[], initialValue: string) =>
      answer(select({ ...terminal, message, initialValue, options: namesOf(names) })),
  };
}

async function askAll(terminal: Terminal): Promise<RecipeFile> {
  const { line, number, choose } = createQuestions(terminal);
  const { epochs, batchSize } = recipeParameters;
  const { training } = referenceRecipe;
  const dataNames = sources.map(({ name }) => name);
  const optimizers = components.optimizer.map(({ kind }) => kind);
  const answers = {
    data: await choose("Which data set?", dataNames, compareDefaults.data),
    preprocessing: (await choose(
      "What is done to features?",
      preprocessingParameter.choices,
      preprocessingParameter.default,
    )) as typeof preprocessingParameter.default,
    hidden: await line("Units of each hidden layer, separated by commas", "512, 256", refuseWidths),
    optimizer: await choose("Which optimizer?", optimizers, training.optimizer.kind),
    epochs: await number("How many epochs?", epochs, training.epochs),
    batchSize: await number("Rows of one update?", batchSize, training.batchSize),
  };
  const { checkRecipe } = await import("../recipes/index.js");
  const recipe = checkRecipe("init", recipeFrom(answers));
  const options = armChoices(recipe).map(({ value, hint }) => ({ value, label: value, hint }));
  const arms = await answer(
    multiselect({
      ...terminal,
      message: 'What is compared with "none"? Space selects',
      options,
      initialValues: compareDefaults.arms.filter((arm) =>
        options.some(({ value }) => value === arm),
      ),
      required: false,
    }),
  );
  const seeds = await number(
    "Seeds of each arm?",
    integer({ min: 1, default: 5 }),
    compareDefaults.seeds,
  );
  return fileFrom(recipe, { arms, seeds });
}

/** The recipe that the answers describe; undefined if the user would rather not. */
export async function askRecipe(terminal: Terminal): Promise<RecipeFile | undefined> {
  intro("A recipe for holdout compare", terminal);
  try {
    const file = await askAll(terminal);
    outro("Every value is in the file, with what it means.", terminal);
    return file;
  } catch (error) {
    if (error instanceof Cancelled) return undefined;
    throw error;
  }
}
