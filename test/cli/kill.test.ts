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
/** Milliseconds from the begin of training, of one kill in five from that of the process. */
const LATEST_KILL = 4000;

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

interface Kill {
  readonly milliseconds: number;
  readonly from: "process" | "training";
}

/** Runs the study, and kills it unless it is over by then. */
async function run(folder: string, kill?: Kill) {
  const { child, says, ended } = start(STUDY, { cwd: folder });
  let timer: NodeJS.Timeout | undefined;
  if (kill) {
    if (kill.from === "training") await says("started").catch(() => undefined);
    timer = setTimeout(() => child.kill("SIGKILL"), kill.milliseconds);
  }
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
        let code: number | null = null;
        // A process that was killed has no exit code.
        while (code === null) {
          const from = random.below(5) === 0 ? "process" : "training";
          const kill = { milliseconds: random.below(LATEST_KILL), from } as const;
          const ended = await run(folder, kills < KILLS ? kill : undefined);
          code = ended.code;
          if (code === null) kills++;
          const again = startedIn(ended.stderr).filter((name) => finished.has(name));
          expect(again, `kill ${kills}: finished, and trained again`).toEqual([]);
          for (const name of finishedIn(ended.stderr)) finished.add(name);
        }
        expect(code).toBe(0);
        expect(await stored(folder)).toEqual(undisturbed);
      });
    }
  });
});
