/** @file A store in one SQLite file: durable, with one writer and any number of readers. */
/* eslint-disable @typescript-eslint/require-await -- the interface is asynchronous, libsql is not; a promise carries what it throws */
import {
  refuseOpen,
  type PlannedTrial,
  type StudyJournal,
  type StudyRecord,
  type StudyStore,
  type TrialResult,
} from "../study/index.js";
import { InternalError } from "../util/index.js";
import { checkWritable } from "./atomicWrite.js";
import { openSqlite, type Sqlite } from "./sqlite.js";
import { lockStore } from "./storeLock.js";
import { findStudy, readerOf } from "./storeReader.js";
import { readResults, writeOutcome } from "./storeRows.js";
import { endWriting, prepareForWriting } from "./storeSchema.js";

interface OpenStudy {
  readonly id: number;
  readonly environment: string;
  readonly seconds: number;
}

interface TrialStatus {
  readonly id: number;
  readonly status: string;
}

const SELECT_TRIAL = `
SELECT trials.id, status FROM plans JOIN trials ON trials.id = plans.trial
WHERE study = ? AND position = ?`;

const INSERT_STUDY = `
INSERT INTO studies (key, design, data, environment) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`;

const INSERT_TRIAL = "INSERT INTO trials (key, seed) VALUES (?, ?) ON CONFLICT DO NOTHING";

const INSERT_PLAN = `
INSERT INTO plans (study, position, arm, trial)
SELECT ?, ?, ?, id FROM trials WHERE key = ? ON CONFLICT DO NOTHING`;

const DELETE_UNPLANNED = `
DELETE FROM trials WHERE NOT EXISTS (SELECT 1 FROM plans WHERE plans.trial = trials.id)`;

function requireTrial(database: Sqlite, study: number, index: number): TrialStatus {
  const [trial] = database.rows<TrialStatus>(SELECT_TRIAL, [study, index]);
  if (trial === undefined) throw new InternalError(`trial ${index} was never planned`);
  return trial;
}

function planTrials(
  database: Sqlite,
  study: number,
  trials: readonly PlannedTrial[],
): ReadonlyMap<number, TrialResult> {
  for (const { index, key, arm, seed } of trials) {
    database.run(INSERT_TRIAL, [key, seed]);
    database.run(INSERT_PLAN, [study, index, arm, key]);
  }
  // Of a study whose seeds are added in rounds, those of earlier rounds are known.
  return readResults(database, { study, positions: trials.map(({ index }) => index) });
}

function openJournal(
  database: Sqlite,
  { id, environment, seconds: secondsBefore }: OpenStudy,
  onEnd: () => void,
): StudyJournal {
  const addSeconds = (seconds: number): void =>
    void database.run("UPDATE studies SET seconds = ? WHERE id = ?", [secondsBefore + seconds, id]);
  const dropCheckpoint = (trial: number): void =>
    void database.run("DELETE FROM checkpoints WHERE trial = ?", [trial]);
  return {
    id,
    startedAt: (JSON.parse(environment) as { startedAt: string }).startedAt,
    secondsBefore,
    plan: async (trials) => database.transaction(() => planTrials(database, id, trials)),
    resume: async (index) => {
      const trial = requireTrial(database, id, index);
      const sql = "SELECT bytes FROM checkpoints WHERE trial = ?";
      const [row] = database.rows<{ bytes: ArrayBuffer }>(sql, [trial.id]);
      return row && new Uint8Array(row.bytes);
    },
    saveCheckpoint: async (index, bytes) => {
      const trial = requireTrial(database, id, index);
      if (trial.status !== "planned") return;
      database.run("INSERT OR REPLACE INTO checkpoints VALUES (?, ?)", [trial.id, bytes]);
    },
    finish: async (index, { seconds, ...outcome }) =>
      database.transaction(() => {
        const trial = requireTrial(database, id, index);
        // Two arms of one recipe are the same trial: the first to end is kept.
        if (trial.status === "planned") writeOutcome(database, trial.id, outcome);
        dropCheckpoint(trial.id);
        addSeconds(seconds);
      }),
    end: async ({ seconds, finished, stopping }) =>
      database.transaction(() => {
        addSeconds(seconds);
        const values = [finished ? 1 : 0, stopping ? JSON.stringify(stopping) : null, id];
        database.run("UPDATE studies SET finished = ?, stopping = ? WHERE id = ?", values);
        onEnd();
      }),
  };
}

function openStudy(database: Sqlite, { key, design, data, environment }: StudyRecord): OpenStudy {
  const json = [design, data, environment].map((part) => JSON.stringify(part));
  database.run(INSERT_STUDY, [key, ...json]);
  // What follows may end before its end is written.
  database.run("UPDATE studies SET finished = 0, stopping = NULL WHERE key = ?", [key]);
  const sql = "SELECT id, environment, seconds FROM studies WHERE key = ?";
  return database.rows<OpenStudy>(sql, [key])[0];
}

/** Under the lock of the one writer, which is released together with the connection. */
function openForWriting(path: string): { database: Sqlite; close: () => void } {
  const release = lockStore(path);
  let database: Sqlite | undefined;
  const close = (): void => {
    database?.close();
    release();
  };
  try {
    database = openSqlite({ path, access: "write" });
    prepareForWriting(database, path);
    return { database, close };
  } catch (error) {
    close();
    throw error;
  }
}

/**
 * Opens or makes the store, and is its one writer until it is closed or the process ends.
 *
 * @throws UsageError if the file cannot be written, is no store, is that of a newer Holdout, or has a
 *   writer already
 */
export function sqliteStore(path: string): StudyStore {
  checkWritable("Store", path);
  const { database, close } = openForWriting(path);
  let openId: number | undefined;
  const end = (): void => {
    endWriting(database);
    close();
  };
  return {
    ...readerOf(database, end),
    open: async (record) => {
      const study = database.transaction(() => openStudy(database, record));
      openId = study.id;
      return openJournal(database, study, () => (openId = undefined));
    },
    remove: async (id) => {
      database.transaction(() => {
        findStudy(database, id);
        if (id === openId) refuseOpen(id);
        database.run("DELETE FROM studies WHERE id = ?", [id]);
        database.run(DELETE_UNPLANNED);
      });
      // Gives the room back to the disk.
      database.rows("PRAGMA incremental_vacuum");
      database.rows("PRAGMA wal_checkpoint(TRUNCATE)");
    },
  };
}
