/** @file From the answers of `holdout init` to a recipe, and what may be answered. */
import { dense } from "../nn/index.js";
import type { RecipeFile } from "../recipes/index.js";
import {
  applyArm,
  parseArm,
  referenceRecipe,
  techniques,
  type Recipe,
} from "../techniques/index.js";
import type { PreprocessingName } from "../data/index.js";
import { describeRefusal, integer, UsageError, type IntegerParameter } from "../util/index.js";

/** How a network for ten digits is trained, in the words of the questions. */
export interface TrainingAnswers {
  /** A data set's name. */
  readonly data: string;
  readonly preprocessing: PreprocessingName;
  /** Units of each hidden layer: "512, 256". */
  readonly hidden: string;
  /** An optimizer's kind. */
  readonly optimizer: string;
  readonly epochs: string;
  readonly batchSize: string;
}

/** All data sets that have a name are of ten classes. */
const CLASSES = 10;

const WIDTH: IntegerParameter = integer({ min: 1, default: 256 });

const splitList = (text: string): readonly string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** Why a text is no number in the range, as a sentence; undefined if it is one. */
export function refuseNumber(
  name: string,
  parameter: IntegerParameter,
  text: string,
): string | undefined {
  const value = text.trim() === "" ? NaN : Number(text);
  const fits = Number.isInteger(value) && value >= parameter.min && value <= parameter.max;
  if (fits) return undefined;
  return `${name} ${describeRefusal(parameter, Number.isNaN(value) ? text : value)}`;
}

/** Why a text is no list of widths; undefined if it is one. */
export function refuseWidths(text: string): string | undefined {
  return splitList(text)
    .map((part) => refuseNumber("units", WIDTH, part))
    .find((sentence) => sentence !== undefined);
}

/** What was left out of components has its default once the recipe is checked. */
export function recipeFrom(answers: TrainingAnswers): Recipe {
  const { data, preprocessing, hidden, optimizer, epochs, batchSize } = answers;
  const widths = splitList(hidden).map(Number);
  return {
    data: { name: data },
    split: { seed: referenceRecipe.split.seed },
    ...(preprocessing !== "scale" && { preprocessing }),
    model: {
      layers: [
        ...widths.map((units) => dense({ units, activation: "relu" })),
        dense({ units: CLASSES, activation: "softmax" }),
      ],
    },
    training: {
      ...referenceRecipe.training,
      optimizer: { kind: optimizer },
      epochs: Number(epochs),
      batchSize: Number(batchSize),
    },
  };
}

/** The arm of a technique with its first parameter written out: "dropout=0.5". */
function armOf({ id, params }: (typeof techniques)[number]): string {
  const main = Object.values(params).at(0);
  return main === undefined ? id : `${id}=${main.default}`;
}

function applies(recipe: Recipe, arm: string): boolean {
  try {
    return applyArm(recipe, parseArm(arm)) !== recipe;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}

/** The arms that can do something for the recipe, with what each is. */
export const armChoices = (recipe: Recipe): readonly { value: string; hint: string }[] =>
  techniques
    .map((technique) => ({ value: armOf(technique), hint: technique.what.split(/[.:,]/)[0] }))
    .filter(({ value }) => applies(recipe, value));

/** The file that `init` writes: the baseline first. */
export const fileFrom = (
  recipe: Recipe,
  { arms, seeds }: { readonly arms: readonly string[]; readonly seeds: string },
): RecipeFile => ({ recipe, arms: ["none", ...arms], seeds: Number(seeds) });
