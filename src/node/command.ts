/** @file The command that repeats a study. */
import type { StudyDesign } from "../study/index.js";

/** Quotes a word for a POSIX shell if it needs it. */
const quote = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** All options that decide the numbers, defaults too, for those may differ in another version. */
export function reproduceCommand(
  { recipe, arms, seeds }: StudyDesign,
  engine: "wasm" | "blas",
): string {
  const { data, split, training } = recipe;
  const words = [
    ...["holdout", "compare", "--data", data.name, "--arms", arms.map(({ name }) => name).join()],
    ...["--seeds", seeds.length, "--epochs", training.epochs, "--batch-size", training.batchSize],
    ...(data.trainRows === undefined ? [] : ["--train-size", data.trainRows]),
    ...["--split-seed", split.seed, "--engine", engine],
  ];
  return words.map((word) => quote(String(word))).join(" ");
}
