/** @file The cells of a study: what is trained once for each seed, an arm at a number of training rows. */
import { applyArm, type Recipe } from "../techniques/index.js";
import type { StudyDesign } from "./plan.js";

/** One arm at one number of training rows. */
export interface Cell {
  /** "dropout=0.5"; in a study of several sizes "dropout=0.5, 100 rows". */
  readonly name: string;
  readonly arm: string;
  /** As the recipe says, if it does. */
  readonly trainRows?: number;
  /** With the arm's techniques applied. */
  readonly recipe: Recipe;
}

/**
 * The recipe on fewer rows. A batch larger than the rows is all of them, as in Keras. For equal updates
 * smaller sets are trained for more epochs: as many as come closest to the updates of the largest.
 */
function resize(recipe: Recipe, rows: number, { sizes }: StudyDesign): Recipe {
  const { epochs, batchSize } = recipe.training;
  const steps = (count: number): number => Math.ceil(count / Math.min(batchSize, count));
  const largest = Math.max(rows, ...(sizes?.rows ?? []));
  const scaled = Math.max(1, Math.round((epochs * steps(largest)) / steps(rows)));
  return {
    ...recipe,
    data: { ...recipe.data, trainRows: rows },
    training: {
      ...recipe.training,
      epochs: sizes?.equal === "updates" ? scaled : epochs,
      batchSize: Math.min(batchSize, rows),
    },
  };
}

/** Size by size, the baseline first in each. */
export function listCells(design: StudyDesign): readonly Cell[] {
  const { recipe, arms, sizes } = design;
  if (sizes === undefined) {
    const { trainRows } = recipe.data;
    const size = trainRows === undefined ? {} : { trainRows };
    return arms.map((arm) => ({
      name: arm.name,
      arm: arm.name,
      ...size,
      recipe: applyArm(recipe, arm),
    }));
  }
  return sizes.rows.flatMap((rows) =>
    arms.map((arm) => ({
      name: `${arm.name}, ${rows.toLocaleString("en-US")} rows`,
      arm: arm.name,
      trainRows: rows,
      recipe: applyArm(resize(recipe, rows, design), arm),
    })),
  );
}
