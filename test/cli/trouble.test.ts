/** @file Trouble with the store, a worker or the memory ends in its sentence, and the rest of the study goes on. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { StudyResult, StudySummary } from "../../src/study/index.js";
import { holdout, inFolder, SLOW, type Ended } from "./holdout.js";

vi.setConfig({ testTimeout: SLOW });

const libsql = createRequire(import.meta.url).resolve("libsql");

const STUDY = [
  ...["compare", "--train-size", "100", "--batch-size", "50", "--epochs", "2", "--seeds", "2"],
  ...["--engine", "wasm", "--workers", "1", "--json", "-"],
];
const TRIALS = 4;

/** Runs the study after a script that breaks something in its process and its threads. */
async function broken(folder: string, script: string): Promise<Ended> {
  const path = join(folder, "break.cjs");
  writeFileSync(path, script);
  return holdout(STUDY, { cwd: folder, env: { NODE_OPTIONS: `--require "${path}"` } });
}

/** A disk with room for the tables and one trial: weights of the reference network are 2.1 MB. */
const FULL_DISK = `
const { prototype } = require(${JSON.stringify(libsql)});
const { exec } = prototype;
prototype.exec = function (sql) {
  exec.call(this, sql);
  // The connection that writes.
  if (sql.includes("synchronous = FULL")) exec.call(this, "PRAGMA max_page_count = 200");
};`;

/** Breaks the second arm's first trial, in its worker. */
const inTrial = (act: string): string => `
const { isMainThread, parentPort } = require("node:worker_threads");
if (!isMainThread) {
  const on = parentPort.on.bind(parentPort);
  parentPort.on = (name, listener) =>
    on(name, (task) => {
      if (task.trial?.index === 1) ${act};
      listener(task);
    });
}`;

const numbersOf = (stdout: string): unknown => {
  const { arms, comparisons } = JSON.parse(stdout) as StudyResult;
  const withoutTime = (key: string, value: unknown): unknown =>
    key === "seconds" ? undefined : value;
  return JSON.parse(JSON.stringify({ arms, comparisons }, withoutTime));
};

const finishedIn = ({ stderr }: Ended): number => stderr.match(/^finished /gm)?.length ?? 0;

async function list(folder: string): Promise<readonly StudySummary[]> {
  const { stdout } = await holdout(["studies", "--json"], { cwd: folder });
  return JSON.parse(stdout) as readonly StudySummary[];
}

/** The study once more, undisturbed: it trains what is missing, and is what it would always have been. */
async function expectMended(folder: string, missing: number): Promise<void> {
  const mended = await holdout(STUDY, { cwd: folder });
  expect(mended.code).toBe(0);
  expect(mended.stderr).toContain(`${TRIALS - missing} of them stored already`);
  expect(finishedIn(mended)).toBe(missing);
  expect(await list(folder)).toMatchObject([{ status: "finished", done: TRIALS, trials: TRIALS }]);
  const fresh = await holdout([...STUDY, "--no-store"]);
  expect(numbersOf(mended.stdout)).toEqual(numbersOf(fresh.stdout));
}

describe("a full disk", () => {
  it("is told once; the study goes on, its result is printed, and the exit code is 2", async () => {
    await inFolder(async (folder) => {
      const full = await broken(folder, FULL_DISK);
      expect(full.code).toBe(2);
      expect(finishedIn(full)).toBe(TRIALS);
      expect((JSON.parse(full.stdout) as StudyResult).interrupted).toBe(false);
      const sentence = 'Store: the disk must have room for "holdout.db"; got a full one.';
      expect(full.stderr.split(sentence)).toHaveLength(2);
      expect(full.stderr).toContain(
        "Not stored, and in this output alone: 3 of 4 results. The same command trains them again.",
      );
      expect(await list(folder)).toMatchObject([{ status: "unfinished", done: 1 }]);
      await expectMended(folder, 3);
    });
  });
});

describe("a store that cannot be used", () => {
  const refused = (stderr: string): Ended => ({ code: 2, stdout: "", stderr: `${stderr}\n` });

  it("because another process writes it refuses a study before it trains, and can be read", async () => {
    await inFolder(async (folder) => {
      expect((await holdout(STUDY, { cwd: folder })).code).toBe(0);
      const lock = `
        new (require(${JSON.stringify(libsql)}))("holdout.db-lock").exec("BEGIN EXCLUSIVE");
        console.log("locked");
        setInterval(() => {}, 1000);`;
      const other = spawn(process.execPath, ["-e", lock], { cwd: folder });
      await once(other.stdout, "data");
      const sentence =
        'Store: "holdout.db" must have one writer at a time; got a second. ' +
        "Wait until the other study has ended, or name another file.";
      expect(await holdout(STUDY, { cwd: folder })).toEqual(refused(sentence));
      expect(await holdout(["rm", "1"], { cwd: folder })).toEqual(refused(sentence));
      expect((await list(folder)).length).toBe(1);
      other.kill("SIGKILL");
      await once(other, "exit");
      expect((await holdout(["rm", "1"], { cwd: folder })).code).toBe(0);
    });
  });

  it("because it is none refuses every command, in the same sentence", async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, "holdout.db"), "no database");
      const sentence =
        'Store: "holdout.db" must be a store of Holdout; got a file of another kind. Name another file.';
      for (const words of [STUDY, ["studies"], ["show"], ["rm", "1"]]) {
        expect(await holdout(words, { cwd: folder })).toEqual(refused(sentence));
      }
    });
  });
});

describe("a trial that fails for the machine's sake", () => {
  it.each([
    ["a crashed worker", "process.exit(3)", "the thread ended with exit code 3."],
    [
      "an exhausted memory",
      "{ const all = []; for (;;) all.push(new Array(1e6).fill(0.5)); }",
      "Worker terminated due to reaching memory limit",
    ],
  ])("%s costs that trial alone, which the next run trains again", async (_, act, reason) => {
    await inFolder(async (folder) => {
      const crashed = await broken(folder, inTrial(act));
      expect(crashed.code).toBe(1);
      expect(crashed.stderr).toMatch(
        /^failed {3}dropout=0.5, seed 1: The worker stopped in epoch 1: /m,
      );
      expect(crashed.stderr).toContain(reason);
      expect(finishedIn(crashed)).toBe(3);
      expect(await list(folder)).toMatchObject([{ status: "unfinished", done: 3, trials: 4 }]);
      await expectMended(folder, 1);
    });
  });
});
