/**
 * @file A study whose process is killed again and again ends with the numbers, predictions and weights of one
 * that ran undisturbed, and trains nothing twice that was finished.
 *
 * HOLDOUT_KILLS=50 kills more often; HOLDOUT_KILL_SEED chooses other moments.
 */
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { readStore } from "../../src/node/index.js";
import type { StudyResult } from "../../src/study/index.js";
import { randomStream } from "../../src/util/index.js";
import { holdout, inFolder, SLOW, start } from "./holdout.js";

const KILLS = Number(process.env.HOLDOUT_KILLS ?? 5);
const SEED = Number(process.env.HOLDOUT_KILL_SEED ?? 1);

vi.setConfig({ testTimeout: SLOW + 20_000 * KILLS, hookTimeout: SLOW });

/** State of every kind has to survive: noise, moving averages, patience, a second set of weights. */
const ARMS = "none,dropout=0.5,earlyStopping=3+l2=1e-4,batchNorm+ema";
const STUDY = [
  ...["compare", "--arms", ARMS, "--engine", "wasm", "--workers", "2"],
  ...["--train-size", "300", "--batch-size", "50", "--seeds", "1", "--epochs", "15"],
];
const TRIALS = 4;
/** Milliseconds: some kills come before training begins, some after checkpoints and results. */
const LATEST_KILL = 6000;

/** Everything but times. */
function numbers({ arms, comparisons, data, recipe, interrupted }: StudyResult): unknown {
  const withoutTime = (key: string, value: unknown): unknown =>
    key === "seconds" ? undefined : value;
  const study = { arms, comparisons, data, recipe, interrupted };
  return JSON.parse(JSON.stringify(study, withoutTime));
}

/** What a folder's store holds of its study, artifacts too. */
async function stored(folder: string) {
  const exported = await holdout(["export", "--json", "-"], { cwd: folder });
  const reader = readStore(join(folder, "holdout.db"));
  const [{ id, status }] = await reader.list();
  const { trials } = await reader.load(id);
  const artifacts = await Promise.all(trials.map(({ index }) => reader.artifacts(id, index)));
  await reader.close();
  return { status, artifacts, numbers: numbers(JSON.parse(exported.stdout) as StudyResult) };
}

const namesOf = (stderr: string, what: RegExp): readonly string[] =>
  Array.from(stderr.matchAll(what), ([, name]) => name);
const startedIn = (stderr: string) => namesOf(stderr, /^started {2}(.+, seed \d+)$/gm);
const finishedIn = (stderr: string) => namesOf(stderr, /^finished (.+, seed \d+): /gm);

/** Runs the study and kills it after so many milliseconds, if it is not over by then. */
async function runUntil(milliseconds: number, folder: string) {
  const { child, ended } = start(STUDY, { cwd: folder });
  const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
  const { code, stderr } = await ended;
  clearTimeout(timer);
  return { code, stderr };
}

describe("a study that is killed", () => {
  let undisturbed: Awaited<ReturnType<typeof stored>>;
  beforeAll(() =>
    inFolder(async (folder) => {
      const { code } = await holdout(STUDY, { cwd: folder });
      expect(code).toBe(0);
      undisturbed = await stored(folder);
      expect(undisturbed.status).toBe("finished");
    }),
  );

  it(`ends as if it had not been, after ${KILLS} kills`, async () => {
    const random = randomStream(SEED, "kills");
    let kills = 0;
    while (kills < KILLS) {
      await inFolder(async (folder) => {
        const finished = new Set<string>();
        for (let code: number | null = null; code === null;) {
          const patience = kills < KILLS ? random.below(LATEST_KILL) : SLOW;
          const run = await runUntil(patience, folder);
          code = run.code;
          if (code === null) kills++;
          const again = startedIn(run.stderr).filter((name) => finished.has(name));
          expect(again, `kill ${kills}: finished, and trained again`).toEqual([]);
          for (const name of finishedIn(run.stderr)) finished.add(name);
          if (code !== null) {
            expect(run.stderr).not.toContain("failed");
            expect(finished.size).toBeLessThanOrEqual(TRIALS);
          }
          expect(code === null || code === 0, run.stderr).toBe(true);
        }
        expect(await stored(folder)).toEqual(undisturbed);
      });
    }
  });
});
