/** @file What a round of seeds reads of its study; the contract of stores tests the rows themselves. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { TrialResult } from "../study/index.js";
import { openSqlite, type Sqlite } from "./sqlite.js";
import { readResults, writeOutcome } from "./storeRows.js";
import { prepareForWriting } from "./storeSchema.js";

let folder: string;
let database: Sqlite;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "holdout-rows-"));
  const path = join(folder, "holdout.db");
  database = openSqlite({ path, access: "write" });
  prepareForWriting(database, path);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const scores = { loss: 0.5, accuracy: 0.75 };
const resultOf = (seed: number): TrialResult => ({
  seed,
  epochs: [{ epoch: 1, running: scores, clean: scores, validation: scores, seconds: 1 }],
  final: { clean: scores, validation: scores, test: scores },
  bestEpoch: 1,
  seconds: 2,
});

it("reads the results at the positions that are asked for, and does not touch the others", () => {
  database.run("INSERT INTO studies (key, design, data, environment) VALUES ('', '', '', '')");
  for (const position of [0, 1, 2, 3]) {
    const { id } = database.run("INSERT INTO trials (key, seed) VALUES (?, ?)", [
      ...[`trial ${position}`, position],
    ]);
    database.run("INSERT INTO plans VALUES (1, ?, 'none', ?)", [position, id]);
    if (position < 3) writeOutcome(database, id, { result: resultOf(position) });
  }
  // What cannot be parsed tells whether it was read.
  database.run("UPDATE trials SET details = 'no JSON' WHERE seed = 0");
  const read = (positions: readonly number[]) => readResults(database, { study: 1, positions });
  expect(read([3, 2, 1])).toEqual(
    new Map([
      [1, resultOf(1)],
      [2, resultOf(2)],
    ]),
  );
  expect(read([])).toEqual(new Map());
  expect(() => read([0])).toThrow("JSON");
});
