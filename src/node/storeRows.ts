/** @file A trial's result as rows of a store, and back again. */
import type { EpochResult, Scores, TrialOutcome, TrialResult } from "../study/index.js";
import type { Sqlite, SqlValue } from "./sqlite.js";

/** As SQLite gives it; NULL is a NaN, which it cannot hold. */
type Score = number | null;

interface ScoreColumns {
  readonly clean_loss: Score;
  readonly clean_accuracy: Score;
  readonly validation_loss: Score;
  readonly validation_accuracy: Score;
}

interface EpochRow extends ScoreColumns {
  readonly position: number;
  readonly epoch: number;
  readonly running_loss: Score;
  readonly running_accuracy: Score;
  readonly seconds: number;
}

interface TrialRow extends ScoreColumns {
  readonly position: number;
  readonly seed: number;
  readonly status: "finished" | "failed";
  readonly test_loss: Score;
  readonly test_accuracy: Score;
  readonly best_epoch: number;
  readonly seconds: number;
  readonly details: string;
}

const valuesOf = (scores: readonly (Scores | undefined)[]): readonly SqlValue[] =>
  scores.flatMap((each) =>
    [each?.loss, each?.accuracy].map((value = NaN) => (Number.isNaN(value) ? null : value)),
  );

const scoresOf = (loss: Score, accuracy: Score): Scores => ({
  loss: loss ?? NaN,
  accuracy: accuracy ?? NaN,
});

/** Little-endian, as every machine is that Node runs on. */
const bytesOf = (floats: Float32Array): Uint8Array =>
  new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);

const COLUMNS = ["seed", "epochs", "final", "bestEpoch", "seconds"];

/** Whatever has no column of its own. */
const detailsOf = (result: TrialResult): string =>
  JSON.stringify(
    Object.fromEntries(Object.entries(result).filter(([name]) => !COLUMNS.includes(name))),
  );

const INSERT_EPOCH = "INSERT INTO epochs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

const UPDATE_TRIAL = `
UPDATE trials SET status = ?,
  clean_loss = ?, clean_accuracy = ?, validation_loss = ?, validation_accuracy = ?,
  test_loss = ?, test_accuracy = ?, best_epoch = ?, seconds = ?, details = ?
WHERE id = ?`;

/** Within a transaction of the caller's. */
export function writeOutcome(
  database: Sqlite,
  trial: number,
  { result, artifacts }: TrialOutcome,
): void {
  const { epochs, final, bestEpoch, seconds } = result;
  database.run(UPDATE_TRIAL, [
    final ? "finished" : "failed",
    ...valuesOf([final?.clean, final?.validation, final?.test]),
    ...[bestEpoch, seconds, detailsOf(result), trial],
  ]);
  for (const { epoch, running, clean, validation, seconds } of epochs) {
    const values = valuesOf([running, clean, validation]);
    database.run(INSERT_EPOCH, [trial, epoch, ...values, seconds]);
  }
  if (artifacts === undefined) return;
  const { predictions, weights } = artifacts;
  database.run("INSERT INTO predictions VALUES (?, ?)", [trial, bytesOf(predictions)]);
  database.run("INSERT INTO weights VALUES (?, ?)", [trial, weights]);
}

/** One statement for lists of any length, which goes in as JSON. */
const AT_POSITIONS = "study = ? AND position IN (SELECT value FROM json_each(?))";

const SELECT_TRIALS = `
SELECT position, trials.* FROM plans JOIN trials ON trials.id = plans.trial
WHERE ${AT_POSITIONS} AND status <> 'planned' ORDER BY position`;

const SELECT_EPOCHS = `
SELECT position, epochs.* FROM plans JOIN epochs ON epochs.trial = plans.trial
WHERE ${AT_POSITIONS} ORDER BY position, epoch`;

const epochOf = (row: EpochRow): EpochResult => ({
  epoch: row.epoch,
  running: scoresOf(row.running_loss, row.running_accuracy),
  clean: scoresOf(row.clean_loss, row.clean_accuracy),
  validation: scoresOf(row.validation_loss, row.validation_accuracy),
  seconds: row.seconds,
});

function resultOf(row: TrialRow, epochs: readonly EpochResult[]): TrialResult {
  const final = {
    clean: scoresOf(row.clean_loss, row.clean_accuracy),
    validation: scoresOf(row.validation_loss, row.validation_accuracy),
    test: scoresOf(row.test_loss, row.test_accuracy),
  };
  return {
    seed: row.seed,
    epochs,
    ...(row.status === "finished" && { final }),
    bestEpoch: row.best_epoch,
    seconds: row.seconds,
    ...(JSON.parse(row.details) as Partial<TrialResult>),
  };
}

function epochsByPosition(rows: readonly EpochRow[]): ReadonlyMap<number, EpochResult[]> {
  const epochs = new Map<number, EpochResult[]>();
  for (const row of rows) {
    const list = epochs.get(row.position);
    if (list) list.push(epochOf(row));
    else epochs.set(row.position, [epochOf(row)]);
  }
  return epochs;
}

/** The results that a study has at these positions, by position; no others are read. */
export function readResults(
  database: Sqlite,
  { study, positions }: { readonly study: number; readonly positions: readonly number[] },
): ReadonlyMap<number, TrialResult> {
  const values = [study, JSON.stringify(positions)];
  const epochs = epochsByPosition(database.rows<EpochRow>(SELECT_EPOCHS, values));
  return new Map(
    database
      .rows<TrialRow>(SELECT_TRIALS, values)
      .map((row) => [row.position, resultOf(row, epochs.get(row.position) ?? [])]),
  );
}
