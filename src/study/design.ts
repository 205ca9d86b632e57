/** @file A study's design: arms x seeds on one recipe, checked before anything is trained. */
import { checkFit } from "../nn/index.js";
import {
  applyArm,
  parseArm,
  recipeParameters,
  type Arm,
  type Recipe,
} from "../techniques/index.js";
import { fitOptions } from "./fitOptions.js";
import { checkParameter, integer, UsageError, type Parameter } from "../util/index.js";

/** Plain data. The first arm is the baseline that the others are compared with. */
export interface StudyDesign {
  readonly recipe: Recipe;
  readonly arms: readonly Arm[];
  /** For one seed, all arms share initial weights and batch order. */
  readonly seeds: readonly number[];
}

/** One training to do: one arm, one seed. Plain data, sent to a worker. */
export interface TrialSpec {
  /** Position in the study's list of trials. */
  readonly index: number;
  readonly arm: string;
  readonly seed: number;
  /** With the arm's techniques applied. */
  readonly recipe: Recipe;
}

export interface StudyOptions {
  readonly recipe: Recipe;
  /** As written on the command line: "none", "dropout=0.5", "l2=1e-4+dropout=0.3". */
  readonly arms: readonly string[];
  /** How many; they are 1, 2, 3, ... */
  readonly seeds: number;
}

const seedCount = integer({
  min: 1,
  default: 5,
  advice: "Use 5 or more; with one seed nothing can be compared.",
});

/** The numbers of a recipe that a user may set, by the words that name them in a sentence. */
const recipeNumbers: readonly [string, Parameter, (recipe: Recipe) => unknown][] = [
  ["epochs", recipeParameters.epochs, ({ training }) => training.epochs],
  ["batch size", recipeParameters.batchSize, ({ training }) => training.batchSize],
  ["split seed", recipeParameters.splitSeed, ({ split }) => split.seed],
  ["train size", integer({ min: 1, default: 1 }), ({ data }) => data.trainRows ?? 1],
];

function checkArms(names: readonly string[]): readonly Arm[] {
  if (names.length === 0) {
    throw new UsageError('Study: there must be at least one arm; got none. Try "none".');
  }
  const arms = names.map(parseArm);
  const twice = arms.find(({ name }, i) => arms.findIndex((arm) => arm.name === name) < i);
  if (twice !== undefined) {
    throw new UsageError(
      `Study: arms must differ; got "${twice.name}" twice. Remove one, or change its strength.`,
    );
  }
  return arms;
}

/**
 * Checks a study's numbers and arms, and lists its seeds.
 *
 * @throws UsageError naming the first thing that cannot be: 0 seeds, 0 epochs, an unknown technique.
 */
export function designStudy({ recipe, arms, seeds }: StudyOptions): StudyDesign {
  const count = checkParameter("Study", "seeds", seedCount, seeds);
  for (const [name, parameter, read] of recipeNumbers) {
    checkParameter("Study", name, parameter, read(recipe));
  }
  const checked = checkArms(arms);
  for (const arm of checked) {
    // A technique may refuse this recipe, or values that are each in range but not together.
    const { model, training } = applyArm(recipe, arm);
    checkFit(model.layers, fitOptions(training));
  }
  return { recipe, arms: checked, seeds: Array.from({ length: count }, (_, i) => i + 1) };
}

/** The trials, seed by seed, so that a study stopped early has whole pairs. */
export function listTrials({ recipe, arms, seeds }: StudyDesign): readonly TrialSpec[] {
  const recipes = arms.map((arm) => applyArm(recipe, arm));
  return seeds.flatMap((seed, row) =>
    arms.map(({ name }, column) => ({
      index: row * arms.length + column,
      arm: name,
      seed,
      recipe: recipes[column],
    })),
  );
}
