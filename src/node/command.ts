/** @file The command that repeats a study. */
import type { StudyDesign } from "../study/index.js";

/** Quotes a word for a POSIX shell if it needs it. */
const quote = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** The arms as they were written: a sweep in the place of its arms. */
function armWords({ arms, sweeps }: Pick<StudyDesign, "arms" | "sweeps">): readonly string[] {
  return arms.flatMap(({ name }) => {
    const sweep = sweeps.find(({ points }) => points.some(({ arm }) => arm === name));
    if (sweep === undefined) return [name];
    return sweep.points[0].arm === name ? [sweep.name] : [];
  });
}

/**
 * All options that decide the numbers, defaults too, for those may differ in another version.
 *
 * @param options.recipe - the file of the recipe, unless it is the reference recipe
 */
export function reproduceCommand(
  { recipe, arms, sweeps, seeds, sizes, until }: StudyDesign,
  engine: "wasm" | "blas",
  options: { readonly recipe?: string | undefined } = {},
): string {
  const { data, split, training } = recipe;
  const words = [
    ...["holdout", "compare"],
    ...(options.recipe === undefined ? [] : ["--recipe", options.recipe]),
    ...["--data", data.name, "--arms", armWords({ arms, sweeps }).join()],
    ...["--seeds", seeds.length, "--epochs", training.epochs, "--batch-size", training.batchSize],
    ...(sizes
      ? ["--train-sizes", sizes.rows.join(), "--equal", sizes.equal]
      : data.trainRows === undefined
        ? []
        : ["--train-size", data.trainRows]),
    ...(until ? ["--until", `${Number((100 * until.halfWidth).toPrecision(12))}%`] : []),
    ...(until?.minutes === undefined ? [] : ["--minutes", until.minutes]),
    ...(until?.trials === undefined ? [] : ["--trials", until.trials]),
    ...["--split-seed", split.seed, "--engine", engine],
  ];
  return words.map((word) => quote(String(word))).join(" ");
}
