/** @file Reads a store's studies, also while another process writes them. */
/* eslint-disable @typescript-eslint/require-await -- the interface is asynchronous, libsql is not; a promise carries what it throws */
import { existsSync } from "node:fs";
import {
  requireStudy,
  summarizeStudy,
  type StoppingResult,
  type StoredStudy,
  type StudyReader,
  type StudyRecord,
  type StudySummary,
  type TrialArtifacts,
} from "../study/index.js";
import { UsageError } from "../util/index.js";
import { openSqlite, type Sqlite } from "./sqlite.js";
import { readResults } from "./storeRows.js";
import { checkSchema } from "./storeSchema.js";

interface StudyRow {
  readonly id: number;
  readonly key: string;
  readonly design: string;
  readonly data: string;
  readonly environment: string;
  readonly seconds: number;
  readonly finished: number;
  readonly stopping: string | null;
}

interface PlanRow {
  readonly index: number;
  readonly key: string;
  readonly arm: string;
  readonly seed: number;
}

interface Counts {
  readonly seeds: number;
  readonly trials: number;
  readonly done: number;
}

const SELECT_COUNTS = `
SELECT count(DISTINCT seed) AS seeds, count(*) AS trials, count(nullif(status, 'planned')) AS done
FROM plans JOIN trials ON trials.id = plans.trial WHERE study = ?`;

const SELECT_PLANS = `
SELECT position AS "index", key, arm, seed
FROM plans JOIN trials ON trials.id = plans.trial WHERE study = ? ORDER BY position`;

const SELECT_ARTIFACTS = `
SELECT float32, safetensors FROM plans
JOIN predictions ON predictions.trial = plans.trial JOIN weights ON weights.trial = plans.trial
WHERE study = ? AND position = ?`;

const parse = (text: string): unknown => JSON.parse(text);

const recordOf = ({ key, design, data, environment }: StudyRow): StudyRecord => ({
  key,
  design: parse(design) as StudyRecord["design"],
  data: parse(data) as StudyRecord["data"],
  environment: parse(environment) as StudyRecord["environment"],
});

/** @throws UsageError, naming the numbers there are */
export function findStudy(database: Sqlite, id: number): StudyRow {
  const [row] = database.rows<StudyRow>("SELECT * FROM studies WHERE id = ?", [id]);
  const ids = database.rows<{ id: number }>("SELECT id FROM studies ORDER BY id");
  return requireStudy(row, { id, known: ids.map((each) => each.id) });
}

function summarize(database: Sqlite, row: StudyRow): StudySummary {
  const [counts] = database.rows<Counts>(SELECT_COUNTS, [row.id]);
  return summarizeStudy(recordOf(row), { id: row.id, finished: row.finished === 1, ...counts });
}

function loadStudy(database: Sqlite, id: number): StoredStudy {
  const row = findStudy(database, id);
  const plans = database.rows<PlanRow>(SELECT_PLANS, [id]);
  const results = readResults(database, { study: id, positions: plans.map(({ index }) => index) });
  return {
    id,
    record: recordOf(row),
    seconds: row.seconds,
    finished: row.finished === 1,
    ...(row.stopping !== null && { stopping: parse(row.stopping) as StoppingResult }),
    trials: plans.map((planned) => {
      const result = results.get(planned.index);
      return { ...planned, ...(result && { result }) };
    }),
  };
}

function loadArtifacts(database: Sqlite, id: number, index: number): TrialArtifacts | undefined {
  findStudy(database, id);
  const [row] = database.rows<{ float32: ArrayBuffer; safetensors: ArrayBuffer }>(
    SELECT_ARTIFACTS,
    [id, index],
  );
  return (
    row && {
      predictions: new Float32Array(row.float32),
      weights: new Uint8Array(row.safetensors),
    }
  );
}

/** @param close - closes the connection, and what belongs to it */
export function readerOf(database: Sqlite, close = database.close): StudyReader {
  // One picture, although another process may be writing between two statements.
  const read = <T>(work: () => T): T => {
    database.exec("BEGIN");
    try {
      return work();
    } finally {
      database.exec("COMMIT");
    }
  };
  return {
    list: async () =>
      read(() =>
        database
          .rows<StudyRow>("SELECT * FROM studies ORDER BY id")
          .map((row) => summarize(database, row)),
      ),
    load: async (id) => read(() => loadStudy(database, id)),
    artifacts: async (id, index) => read(() => loadArtifacts(database, id, index)),
    close: async () => close(),
  };
}

/**
 * A store to read, which no writer keeps from reading.
 *
 * @throws UsageError for a file that is missing or no store
 */
export function readStore(path: string): StudyReader {
  if (!existsSync(path)) {
    throw new UsageError(
      `Store: "${path}" must be there to be read; got none. "holdout compare" makes one.`,
    );
  }
  const database = openSqlite({ path, access: "read" });
  if (!checkSchema(database, path)) {
    database.close();
    throw new UsageError(
      `Store: "${path}" must be a store of Holdout; got an empty file. Name another file.`,
    );
  }
  return readerOf(database);
}
