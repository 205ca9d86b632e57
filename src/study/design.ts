/** @file A study's design: arms x seeds on one recipe, checked before anything is trained. */
import { checkFit } from "../nn/index.js";
import { FEWEST_PAIRS } from "../stats/index.js";
import { parseArm, recipeParameters, type Arm, type Recipe } from "../techniques/index.js";
import {
  checkParameter,
  checkParameters,
  choice,
  integer,
  real,
  UsageError,
  type Parameter,
} from "../util/index.js";
import { listCells } from "./cells.js";
import { fitOptions } from "./fitOptions.js";
import { expandSweeps } from "./sweep.js";
import type { SizeChoice, StudyDesign, TrialSpec, UntilChoice } from "./plan.js";

export interface StudyOptions {
  readonly recipe: Recipe;
  /** As written on the command line: "none", "dropout=0.5", "l2=1e-4+dropout=0.3", "l2=1e-6..1e-1:7". */
  readonly arms: readonly string[];
  /** How many; they are 1, 2, 3, ... With `until`, the pilot's. */
  readonly seeds: number;
  readonly sizes?: SizeChoice | undefined;
  readonly until?: UntilChoice | undefined;
}

const seedCount = integer({
  min: 1,
  default: 5,
  advice: "Use 5 or more; with one seed nothing can be compared.",
});

const trainSize = integer({ min: 1, default: 1 });
const equalChoice = choice({ choices: ["epochs", "updates"], default: "epochs" });
const untilNumbers = {
  halfWidth: real({ min: 0, minOpen: true, max: 1, default: 0.001 }),
  minutes: real({ min: 0, minOpen: true, default: 1 }),
  trials: integer({ min: 1, default: 1 }),
};

/** The numbers of a recipe that a user may set, by the words that name them in a sentence. */
const recipeNumbers: readonly [string, Parameter, (recipe: Recipe) => unknown][] = [
  ["epochs", recipeParameters.epochs, ({ training }) => training.epochs],
  ["batch size", recipeParameters.batchSize, ({ training }) => training.batchSize],
  ["split seed", recipeParameters.splitSeed, ({ split }) => split.seed],
  ["train size", trainSize, ({ data }) => data.trainRows ?? 1],
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

function checkSizes({ rows, equal }: SizeChoice): SizeChoice {
  if (rows.length === 0)
    throw new UsageError("Study: there must be at least one train size; got none.");
  for (const each of rows) checkParameter("Study", "train size", trainSize, each);
  const sorted = [...new Set(rows)].sort((a, b) => a - b);
  if (sorted.length < rows.length) {
    throw new UsageError(`Study: train sizes must differ; got ${rows.join(", ")}. Remove one.`);
  }
  return { rows: sorted, equal: checkParameter("Study", "equal", equalChoice, equal) };
}

function checkUntil(
  until: UntilChoice,
  design: { arms: number; cells: number; seeds: number },
): UntilChoice {
  const values = checkParameters("Study", untilNumbers, {
    ...{ halfWidth: until.halfWidth, minutes: until.minutes, trials: until.trials },
  });
  if (design.arms < 2) {
    throw new UsageError(
      "Study: an interval needs two arms or more; got one. Add an arm, or leave the width out.",
    );
  }
  if (design.seeds < FEWEST_PAIRS) {
    throw new UsageError(
      `Study: the pilot must have at least ${FEWEST_PAIRS} seeds; got ${design.seeds}. Use 10.`,
    );
  }
  if (until.trials !== undefined && until.trials < design.cells * design.seeds) {
    throw new UsageError(
      `Study: trials must be enough for the pilot, ${design.cells * design.seeds}; got ${until.trials}. ` +
        "Use more trials or fewer seeds.",
    );
  }
  return {
    halfWidth: values.halfWidth,
    ...(until.minutes !== undefined && { minutes: values.minutes }),
    ...(until.trials !== undefined && { trials: values.trials }),
  };
}

/**
 * Checks a study's numbers and arms, and lists its seeds.
 *
 * @throws UsageError naming the first thing that cannot be: 0 seeds, 0 epochs, an unknown technique.
 */
export function designStudy({ recipe, arms, seeds, sizes, until }: StudyOptions): StudyDesign {
  const count = checkParameter("Study", "seeds", seedCount, seeds);
  for (const [name, parameter, read] of recipeNumbers) {
    checkParameter("Study", name, parameter, read(recipe));
  }
  const expanded = expandSweeps(arms);
  const checked = checkArms(expanded.arms);
  const cells = checked.length * (sizes?.rows.length ?? 1);
  const counts = { arms: checked.length, cells, seeds: count };
  const design: StudyDesign = {
    recipe,
    arms: checked,
    sweeps: expanded.sweeps,
    seeds: Array.from({ length: count }, (_, i) => i + 1),
    ...(sizes && { sizes: checkSizes(sizes) }),
    ...(until && { until: checkUntil(until, counts) }),
  };
  // A technique may refuse this recipe, or values that are each in range but not together.
  for (const cell of listCells(design)) {
    checkFit(cell.recipe.model.layers, fitOptions(cell.recipe.training));
  }
  return design;
}

/**
 * The trials of these seeds, seed by seed, so that a study stopped early has whole pairs. A trial's index
 * does not depend on how many seeds there are.
 */
export function listTrials(
  design: StudyDesign,
  seeds: readonly number[] = design.seeds,
): readonly TrialSpec[] {
  const cells = listCells(design);
  return seeds.flatMap((seed) =>
    cells.map(({ name, recipe }, column) => ({
      index: (seed - 1) * cells.length + column,
      arm: name,
      seed,
      recipe,
    })),
  );
}
