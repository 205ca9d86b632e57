/** @file The rows that all trials of a study share: split, cut to size and hashed. */
import { hashDataset, type Dataset, type Source } from "../data/index.js";
import type { Recipe } from "../techniques/index.js";
import { UsageError } from "../util/index.js";
import type { DataDescription } from "./results.js";
import { firstRows } from "./trial.js";
import type { TrialData } from "./trialParts.js";

export interface StudyData extends TrialData {
  readonly description: DataDescription;
  /** With what the recipe left to its data set filled in, so that results say what was done. */
  readonly recipe: Recipe;
}

function checkTrainRows(rows: number, train: Dataset): void {
  if (rows <= train.rows) return;
  throw new UsageError(
    `Study: train size must be at most the ${train.rows} training rows of ${train.name}; got ${rows}. ` +
      "Use fewer rows.",
  );
}

function checkBatchSize(batchSize: number, trainRows: number): void {
  if (batchSize <= trainRows) return;
  throw new UsageError(
    `Study: batch size must be at most the ${trainRows} training rows; got ${batchSize}. ` +
      "Use a smaller batch or more rows.",
  );
}

/**
 * Splits the source as the recipe says. Validation rows do not depend on the number of training rows. Features
 * stay as they are: a trial preprocesses them by its own training rows.
 *
 * @throws UsageError if the split is impossible, or there are fewer training rows than asked for or
 *   than one batch needs.
 */
export async function prepareData(source: Source, recipe: Recipe): Promise<StudyData> {
  const { pool, test, defaults } = source;
  const split = { validation: defaults.validation, ...recipe.split };
  const parts = pool.split(split);
  const rows = recipe.data.trainRows ?? parts.train.rows;
  checkTrainRows(rows, parts.train);
  const train = firstRows(parts.train, rows);
  checkBatchSize(recipe.training.batchSize, train.rows);
  const description = {
    name: recipe.data.name,
    trainRows: train.rows,
    validationRows: parts.validation.rows,
    testRows: test.rows,
    hash: await hashDataset(pool, test),
  };
  const data = { ...recipe.data, trainRows: train.rows };
  return {
    train,
    validation: parts.validation,
    test,
    description,
    recipe: { ...recipe, data, split },
  };
}
