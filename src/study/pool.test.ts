import { describe, expect, it } from "vitest";
import { UsageError } from "../util/index.js";
import { referenceRecipe } from "../techniques/index.js";
import type { TrialSpec } from "./plan.js";
import type { StudyEvent } from "./events.js";
import { runPool, type PoolOptions, type TrialWorker } from "./pool.js";
import type { EpochResult, TrialResult } from "./results.js";
import type { TrialOutcome } from "./trialParts.js";

const trials: readonly TrialSpec[] = Array.from({ length: 6 }, (_, index) => ({
  index,
  arm: index % 2 === 0 ? "none" : "dropout=0.5",
  seed: 1 + Math.floor(index / 2),
  recipe: referenceRecipe,
}));

const scores = { loss: 0.5, accuracy: 0.9 };
const epoch: EpochResult = {
  epoch: 1,
  running: scores,
  clean: scores,
  validation: scores,
  seconds: 1,
};
const finished = ({ seed, index }: TrialSpec): TrialResult => ({
  seed,
  epochs: [epoch],
  final: { clean: scores, validation: scores, test: { loss: index, accuracy: 0.9 } },
  bestEpoch: 1,
  seconds: 1,
});
const outcomeOf = (trial: TrialSpec): TrialOutcome => ({ result: finished(trial) });
/** By index, as the pool gives them. */
const byIndex = (specs: readonly TrialSpec[]) =>
  new Map(specs.map((trial) => [trial.index, finished(trial)]));

/** A worker that does what `train` says and keeps count of the living. */
function fakeWorkers(train: TrialWorker["run"]) {
  const counts = { started: 0, alive: 0, busy: 0, busiest: 0 };
  const startWorker = (): TrialWorker => {
    counts.started++;
    counts.alive++;
    return {
      run: async (trial, options) => {
        counts.busiest = Math.max(counts.busiest, ++counts.busy);
        try {
          return await train(trial, options);
        } finally {
          counts.busy--;
        }
      },
      stop: () => {
        counts.alive--;
      },
    };
  };
  return { startWorker, counts };
}

const clock = (): number => 0;
const run = (train: TrialWorker["run"], options: Partial<PoolOptions> = {}) =>
  runPool(trials, { startWorker: fakeWorkers(train).startWorker, workers: 2, clock, ...options });

/** Lets other trials go on for a number of turns, so that trials end in another order than they began. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
}

describe("runPool", () => {
  it("gives the same results for any number of workers and any order of finishing", async () => {
    const slowFirst: TrialWorker["run"] = async (trial) => {
      await turns(50 - 7 * trial.index);
      return outcomeOf(trial);
    };
    const expected = byIndex(trials);
    for (const workers of [1, 2, 3, 6, 40]) {
      expect(await run(slowFirst, { workers })).toEqual(expected);
    }
  });

  it("runs one trial a worker at a time, and starts no more workers than trials", async () => {
    const { startWorker, counts } = fakeWorkers(async (trial) => {
      await turns(5);
      return outcomeOf(trial);
    });
    await runPool(trials, { startWorker, workers: 40, clock });
    expect(counts).toEqual({ started: 6, alive: 0, busy: 0, busiest: 6 });
    await runPool(trials, { startWorker, workers: 2, clock });
    expect(counts).toEqual({ started: 8, alive: 0, busy: 0, busiest: 6 });
  });

  it("tells in order what happens to a trial", async () => {
    const events: StudyEvent[] = [];
    const progress = { kind: "progress", epoch: 1, step: 5, steps: 10, loss: 2 } as const;
    await runPool(trials.slice(0, 1), {
      startWorker: fakeWorkers(async (trial, { onMessage }) => {
        onMessage(progress);
        onMessage({ kind: "epoch", result: epoch });
        return outcomeOf(trial);
      }).startWorker,
      workers: 1,
      clock,
      onEvent: (event) => events.push(event),
    });
    const [trial] = trials;
    expect(events).toEqual([
      { kind: "started", trial },
      { ...progress, trial },
      { kind: "epoch", result: epoch, trial },
      { kind: "finished", trial, result: finished(trial) },
    ]);
  });

  it("turns a crash into one failed trial that keeps its epochs, and goes on with a new worker", async () => {
    const { startWorker, counts } = fakeWorkers(async (trial, { onMessage }) => {
      if (trial.index !== 2) return outcomeOf(trial);
      onMessage({ kind: "epoch", result: epoch });
      onMessage({ kind: "progress", epoch: 2, step: 3, steps: 10, loss: 2 });
      throw new Error("out of memory");
    });
    const events: StudyEvent[] = [];
    const onEvent = (event: StudyEvent): number => events.push(event);
    const results = await runPool(trials, { startWorker, workers: 1, clock, onEvent });
    expect(results.get(2)).toEqual({
      seed: 2,
      epochs: [epoch],
      bestEpoch: 1,
      seconds: 0,
      failure: { epoch: 2, step: 13, message: "The worker stopped in epoch 2: out of memory." },
    });
    expect([...results.values()].filter((result) => result.failure === undefined)).toHaveLength(5);
    expect(counts).toMatchObject({ started: 2, alive: 0 });
    expect(events.filter(({ kind }) => kind === "failed")).toHaveLength(1);
  });

  it("turns a worker that cannot be started into failed trials", async () => {
    const results = await run(async (trial) => outcomeOf(trial), {
      startWorker: () => {
        throw new Error("no threads");
      },
    });
    const messages = [...results.values()].map(({ failure }) => failure?.message);
    expect(messages).toEqual(Array(6).fill("The worker stopped in epoch 1: no threads."));
  });

  it("marks a trial that ended with a failure of its own as failed", async () => {
    const failure = { epoch: 1, step: 7, message: "The loss became NaN." };
    const kinds: string[] = [];
    const failed = async ({ seed }: TrialSpec): Promise<TrialOutcome> => ({
      result: { seed, epochs: [], bestEpoch: 0, seconds: 1, failure },
    });
    await run(failed, {
      onEvent: ({ kind }) => kinds.push(kind),
    });
    expect(kinds.filter((kind) => kind === "failed")).toHaveLength(6);
  });

  it("stops at once when aborted, keeps what is finished and reports nothing afterwards", async () => {
    const controller = new AbortController();
    const kinds: string[] = [];
    let late: (() => void) | undefined;
    const { startWorker, counts } = fakeWorkers((trial, { onMessage }) => {
      if (trial.index < 2) return Promise.resolve(outcomeOf(trial));
      late = () => onMessage({ kind: "epoch", result: epoch });
      controller.abort();
      return new Promise<TrialOutcome>(() => undefined);
    });
    const results = await runPool(trials, {
      startWorker,
      workers: 1,
      clock,
      signal: controller.signal,
      onEvent: ({ kind }) => kinds.push(kind),
    });
    late?.();
    expect(results).toEqual(byIndex(trials.slice(0, 2)));
    expect(counts.alive).toBe(0);
    expect(kinds).toEqual(["started", "finished", "started", "finished"]);
  });

  it("starts nothing when aborted before it begins", async () => {
    const results = await run(async (trial) => outcomeOf(trial), { signal: AbortSignal.abort() });
    expect(results.size).toBe(0);
  });

  it("fails the trial alone for the user's mistake, in its own sentence, and keeps the worker", async () => {
    const { startWorker, counts } = fakeWorkers((trial) =>
      trial.index === 1
        ? Promise.reject(new UsageError("dense: units must be at least 1; got 0."))
        : Promise.resolve(outcomeOf(trial)),
    );
    const results = await runPool(trials, { startWorker, workers: 1, clock });
    expect(results.get(1)?.failure?.message).toBe("dense: units must be at least 1; got 0.");
    expect(results.size).toBe(6);
    expect(counts).toMatchObject({ started: 1, alive: 0 });
  });

  it("stops all workers when a listener throws, and hands the error on", async () => {
    const { startWorker, counts } = fakeWorkers((trial) =>
      trial.index === 0
        ? new Promise<TrialOutcome>(() => undefined)
        : Promise.resolve(outcomeOf(trial)),
    );
    const onEvent = ({ kind }: StudyEvent): void => {
      if (kind === "finished") throw new Error("listener");
    };
    await expect(runPool(trials, { startWorker, workers: 2, clock, onEvent })).rejects.toThrow(
      "listener",
    );
    expect(counts.alive).toBe(0);
  });

  it("begins with the keeper's checkpoint, and hands it new ones", async () => {
    const seen: string[] = [];
    const { startWorker } = fakeWorkers(async (trial, { onMessage, resume }) => {
      seen.push(`trains from ${String(resume)}`);
      onMessage({ kind: "checkpoint", bytes: Uint8Array.of(9) });
      return outcomeOf(trial);
    });
    await runPool(trials.slice(0, 2), {
      ...{ startWorker, workers: 1, clock },
      keeper: {
        resume: async ({ index }) => (index === 0 ? Uint8Array.of(7) : undefined),
        saveCheckpoint: ({ index }, bytes) => void seen.push(`saves ${String(bytes)} of ${index}`),
        finish: () => Promise.resolve(),
      },
    });
    expect(seen).toEqual([
      "trains from 7",
      "saves 9 of 0",
      "trains from undefined",
      "saves 9 of 1",
    ]);
  });

  it("keeps an outcome while the worker has the next trial, and tells of it once it is kept", async () => {
    const seen: string[] = [];
    const { startWorker } = fakeWorkers(async (trial) => {
      seen.push(`trains ${trial.index}`);
      await turns(3);
      return outcomeOf(trial);
    });
    await runPool(trials.slice(0, 2), {
      ...{ startWorker, workers: 1, clock },
      keeper: {
        resume: () => Promise.resolve(undefined),
        saveCheckpoint: () => undefined,
        finish: async ({ index }) => {
          await turns(20);
          seen.push(`keeps ${index}`);
        },
      },
      onEvent: (event) => {
        if (event.kind === "started" || event.kind === "finished") {
          seen.push(`${event.kind} ${event.trial.index}`);
        }
      },
    });
    expect(seen).toEqual([
      ...["trains 0", "started 0", "trains 1", "keeps 0", "finished 0", "started 1"],
      ...["keeps 1", "finished 1"],
    ]);
  });

  it("keeps what is finished when the signal comes before the next trial has begun", async () => {
    const controller = new AbortController();
    const kept: number[] = [];
    const { startWorker, counts } = fakeWorkers(async (trial) => outcomeOf(trial));
    const results = await runPool(trials, {
      ...{ startWorker, workers: 1, clock, signal: controller.signal },
      keeper: {
        resume: async ({ index }) => {
          if (index === 1) controller.abort();
          return Promise.resolve(undefined);
        },
        saveCheckpoint: () => undefined,
        finish: async ({ index }) => void kept.push(index),
      },
    });
    expect(kept).toEqual([0]);
    expect([...results.keys()]).toEqual([0]);
    expect(counts.alive).toBe(0);
  });

  it("takes trials from a generator one by one, so that it can end between two", async () => {
    const { startWorker } = fakeWorkers(async (trial) => outcomeOf(trial));
    const taken: number[] = [];
    function* three(): Generator<TrialSpec> {
      for (const trial of trials.slice(0, 3)) {
        taken.push(trial.index);
        yield trial;
      }
    }
    const results = await runPool(three(), { startWorker, workers: 2, clock });
    expect([...results.keys()].sort()).toEqual([0, 1, 2]);
    expect(taken).toEqual([0, 1, 2]);
  });
});
