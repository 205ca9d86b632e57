/** @file The tables of a store, and how a file says that it is one. */
import { UsageError } from "../util/index.js";
import { refuseDamaged, type Sqlite } from "./sqlite.js";

/** Counts up with each change of the tables. */
const VERSION = 1;

/** "hold" in ASCII; SQLite's own mark for the kind of a file. */
const APPLICATION = 0x686f6c64;

/**
 * A trial is kept once, under the key of all that decides its numbers; `plans` says at which position of
 * which studies it stands. Numbers of studies are never used again. Large values have tables of their own,
 * so that reading the results does not read over them. A NULL in a column of scores is a NaN.
 */
const TABLES = `
CREATE TABLE studies (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  design TEXT NOT NULL,
  data TEXT NOT NULL,
  environment TEXT NOT NULL,
  seconds REAL NOT NULL DEFAULT 0,
  finished INTEGER NOT NULL DEFAULT 0,
  stopping TEXT
) STRICT;
CREATE TABLE trials (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  seed INTEGER NOT NULL,
  status TEXT NOT NULL DEFAULT 'planned' CHECK (status IN ('planned', 'finished', 'failed')),
  clean_loss REAL, clean_accuracy REAL,
  validation_loss REAL, validation_accuracy REAL,
  test_loss REAL, test_accuracy REAL,
  best_epoch INTEGER,
  seconds REAL,
  details TEXT
) STRICT;
CREATE TABLE plans (
  study INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
  position INTEGER NOT NULL,
  arm TEXT NOT NULL,
  trial INTEGER NOT NULL REFERENCES trials,
  PRIMARY KEY (study, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX plans_by_trial ON plans (trial);
CREATE TABLE epochs (
  trial INTEGER NOT NULL REFERENCES trials ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  running_loss REAL, running_accuracy REAL,
  clean_loss REAL, clean_accuracy REAL,
  validation_loss REAL, validation_accuracy REAL,
  seconds REAL NOT NULL,
  PRIMARY KEY (trial, epoch)
) STRICT, WITHOUT ROWID;
CREATE TABLE predictions (
  trial INTEGER PRIMARY KEY REFERENCES trials ON DELETE CASCADE,
  float32 BLOB NOT NULL
) STRICT;
CREATE TABLE weights (
  trial INTEGER PRIMARY KEY REFERENCES trials ON DELETE CASCADE,
  safetensors BLOB NOT NULL
) STRICT;
CREATE TABLE checkpoints (
  trial INTEGER PRIMARY KEY REFERENCES trials ON DELETE CASCADE,
  bytes BLOB NOT NULL
) STRICT;
PRAGMA application_id = ${APPLICATION};
PRAGMA user_version = ${VERSION};
`;

function readNumber(database: Sqlite, pragma: string): number {
  const [row] = database.rows<Record<string, number>>(`PRAGMA ${pragma}`);
  return row[pragma];
}

const isEmpty = (database: Sqlite): boolean =>
  database.rows("SELECT 1 FROM sqlite_schema LIMIT 1").length === 0;

/**
 * Makes sure that the file is a store that this version understands.
 *
 * @returns false if it is empty: a store that was never written
 * @throws UsageError for another program's file, and for that of a newer Holdout
 */
export function checkSchema(database: Sqlite, path: string): boolean {
  const application = readNumber(database, "application_id");
  if (application === 0 && isEmpty(database)) return false;
  if (application !== APPLICATION) {
    throw new UsageError(
      `Store: "${path}" must be a store of Holdout; got another program's database. Name another file.`,
    );
  }
  const version = readNumber(database, "user_version");
  if (version > VERSION) {
    throw new UsageError(
      `Store: the format of "${path}" must be at most ${VERSION}; got ${version}, of a newer Holdout. ` +
        "Update Holdout, or name another file.",
    );
  }
  return true;
}

/**
 * Reads the tables that a study's results lie in, as a check. The large values are left out: a damaged one
 * is met by its reader alone, and to read gigabytes at each start would be no service.
 */
function checkTables(database: Sqlite, path: string): void {
  for (const table of ["studies", "plans", "trials", "epochs"]) {
    const [{ quick_check: answer }] = database.rows<{ quick_check: string }>(
      `PRAGMA quick_check(${table})`,
    );
    if (answer !== "ok") refuseDamaged(path);
  }
}

/**
 * Sets up the connection that writes, and the tables of a new file.
 *
 * Write-ahead log: readers and the writer do not wait for each other. Synchronous FULL: the disk has a
 * result before `finish` returns, and a machine that dies loses none; it costs a third of a millisecond.
 */
export function prepareForWriting(database: Sqlite, path: string): void {
  // Both need to be known before the first page is written. Large pages suit weights.
  database.exec("PRAGMA page_size = 16384; PRAGMA auto_vacuum = INCREMENTAL");
  const isStore = checkSchema(database, path);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
  if (isStore) checkTables(database, path);
  else database.transaction(() => database.exec(TABLES));
}

/**
 * Leaves one whole file behind, without a log beside it, that may be copied or lie on a read-only disk.
 * While somebody reads it the log stays, emptied as far as the reader lets it be: the next writer goes on with it.
 */
export function endWriting(database: Sqlite): void {
  database.exec("PRAGMA busy_timeout = 0");
  for (const pragma of ["journal_mode = DELETE", "wal_checkpoint(TRUNCATE)"]) {
    try {
      database.rows(`PRAGMA ${pragma}`);
    } catch (error) {
      // A full disk, or a reader: what is in the log is as safe there.
      if (!(error instanceof UsageError)) throw error;
    }
  }
}
