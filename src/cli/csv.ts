/** @file A study as a tidy table: one row an epoch and trial. */
import { finalEpoch, type StudyResult } from "../study/index.js";

type Cell = string | number | undefined;

/** As RFC 4180 quotes; NaN and Infinity by their names, which R, pandas and DuckDB read as numbers. */
function cell(value: Cell): string {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const HEAD = [
  ...["arm", "train_rows", "seed", "epoch", "running_loss", "running_accuracy"],
  ...["clean_loss", "clean_accuracy", "validation_loss", "validation_accuracy", "seconds"],
  ...["test_loss", "test_accuracy"],
];

/**
 * Losses are means, accuracies shares, seconds those of the epoch's updates. The test set is evaluated once
 * a trial: its scores stand in the row of the epoch with whose weights the trial ended.
 */
export function studyCsv({ arms }: StudyResult): string {
  const rows = arms.flatMap(({ arm, trainRows, trials }) =>
    trials.flatMap((trial) =>
      trial.epochs.map((epoch): Cell[] => {
        const { running, clean, validation } = epoch;
        const test = epoch === finalEpoch(trial) ? trial.final?.test : undefined;
        return [
          ...[arm, trainRows, trial.seed, epoch.epoch, running.loss, running.accuracy],
          ...[clean.loss, clean.accuracy, validation.loss, validation.accuracy, epoch.seconds],
          ...[test?.loss, test?.accuracy],
        ];
      }),
    ),
  );
  return [HEAD, ...rows].map((row) => `${row.map(cell).join(",")}\n`).join("");
}
