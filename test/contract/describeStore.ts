/** @file What every store of studies does. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  designStudy,
  type PlannedTrial,
  type StudyJournal,
  type StudyRecord,
  type StudyStore,
  type TrialArtifacts,
  type TrialOutcome,
  type TrialResult,
} from "../../src/study/index.js";
import { referenceRecipe } from "../../src/techniques/index.js";

const design = designStudy({
  recipe: referenceRecipe,
  arms: ["none", "l2=1e-5..1e-3:3"],
  seeds: 2,
});

/** A record of a study; the key stands for everything else. */
const recordOf = (key: string): StudyRecord => ({
  key,
  design,
  data: { name: "blobs", trainRows: 4, validationRows: 2, testRows: 3, hash: "00ff" },
  environment: {
    holdout: "0",
    platform: "test",
    operatingSystem: "test",
    processor: 'a "quoted" é',
    cores: 1,
    engine: "test",
    workers: 1,
    startedAt: "2026-01-01T00:00:00Z",
    command: `holdout compare --key ${key}`,
  },
});

/** Its key is its own unless it is given: two arms of equal recipes share one. */
const planned = (index: number, key = `trial ${index}`): PlannedTrial => ({
  index,
  key,
  arm: index % 2 === 0 ? "none" : "l2=1e-05",
  seed: 1 + Math.floor(index / 2),
});

/** Numbers that a decimal or a single-precision column would not keep. */
const scores = (x: number) => ({ loss: 0.1 + x / 3, accuracy: 1 - x / 7 });
const epoch = (n: number, scale = 1) => ({
  epoch: n,
  running: scores(n * scale),
  clean: scores(n * 2),
  validation: scores(n * 3),
  seconds: 1 / 3,
});

const finished = (index: number): TrialResult => ({
  seed: planned(index).seed,
  epochs: [epoch(1), epoch(2), epoch(3)],
  final: { clean: scores(0.3), validation: scores(0.4), test: scores(index) },
  diagnostics: {
    weights: {
      weights: 12,
      exactZeros: 1,
      nearZeros: 2,
      liveZeros: 0,
      liveWeights: 11,
      norm: Math.SQRT2,
      deadUnits: 0,
      hiddenUnits: 4,
      histogram: { reach: 0.5, counts: [1, 2, 3] },
    },
  },
  bestEpoch: 2,
  restoredEpoch: 2,
  seconds: 1.1,
});

/** A loss of NaN and one of infinity are results too. */
const failed: TrialResult = {
  seed: 1,
  epochs: [{ ...epoch(1), validation: { loss: NaN, accuracy: 0.1 }, clean: scores(Infinity) }],
  bestEpoch: 0,
  seconds: 2.5,
  failure: { epoch: 2, step: 17, message: "The loss became NaN; it's the learning rate." },
};

const artifactsOf = (index: number): TrialArtifacts => ({
  predictions: Float32Array.of(0.1, 0.2, index),
  weights: Uint8Array.of(0, 255, index),
});
const outcomeOf = (index: number): TrialOutcome => ({
  result: finished(index),
  artifacts: artifactsOf(index),
});
const keep = (journal: StudyJournal, index: number, outcome = outcomeOf(index)) =>
  journal.finish(index, { ...outcome, seconds: 1 + index });

interface StoreCase {
  /** An empty store. */
  readonly create: () => StudyStore;
  /** What is there after the store's process has ended, if it outlives it; default: the same store. */
  readonly reopen?: (store: StudyStore) => Promise<StudyStore>;
  readonly dispose?: () => void;
}

/** Calls `describe` with the contract. */
export function describeStore(
  name: string,
  { create, reopen = async (store) => store, dispose }: StoreCase,
): void {
  describe(name, () => {
    let store: StudyStore;
    beforeEach(() => {
      store = create();
    });
    afterEach(async () => {
      await store.close();
      dispose?.();
    });
    const again = async (): Promise<void> => {
      store = await reopen(store);
    };
    const begin = async (key: string, trials: readonly PlannedTrial[]): Promise<StudyJournal> => {
      const journal = await store.open(recordOf(key));
      await journal.plan(trials);
      return journal;
    };

    it("gives back everything that it was given, bit for bit", async () => {
      const journal = await begin("a", [planned(0), planned(1), planned(2)]);
      await keep(journal, 0);
      await keep(journal, 1, { result: failed });
      const stopping = { halfWidth: 0.001, pilot: 2, reason: "interrupted" } as const;
      await journal.end({ seconds: 7.25, finished: false, stopping });
      await again();
      const stored = await store.load(journal.id);
      expect(stored).toEqual({
        id: journal.id,
        record: recordOf("a"),
        seconds: 7.25,
        finished: false,
        stopping,
        trials: [
          { ...planned(0), result: finished(0) },
          { ...planned(1), result: failed },
          planned(2),
        ],
      });
      expect(await store.artifacts(journal.id, 0)).toEqual(artifactsOf(0));
      expect(await store.artifacts(journal.id, 1)).toBeUndefined();
      expect(await store.artifacts(journal.id, 2)).toBeUndefined();
    });

    it("goes on with a study of the same key, and hands over its results", async () => {
      const first = await begin("a", [planned(0), planned(1)]);
      await keep(first, 1);
      await again();
      const second = await store.open({
        ...recordOf("a"),
        environment: { ...recordOf("a").environment, startedAt: "2027-01-01T00:00:00Z" },
      });
      expect(second.id).toBe(first.id);
      expect(second.startedAt).toBe("2026-01-01T00:00:00Z");
      expect(await second.plan([planned(0), planned(1)])).toEqual(new Map([[1, finished(1)]]));
      expect((await store.load(first.id)).trials).toHaveLength(2);
    });

    it("counts the time of earlier runs, of one that was killed up to its last result", async () => {
      const first = await begin("a", [planned(0), planned(1), planned(2)]);
      expect(first.secondsBefore).toBe(0);
      await keep(first, 0);
      await again();
      const second = await begin("a", [planned(0), planned(1), planned(2)]);
      expect(second.secondsBefore).toBe(1);
      await keep(second, 1);
      expect((await store.load(first.id)).seconds).toBe(3);
      await second.end({ seconds: 5, finished: false });
      await again();
      expect((await store.open(recordOf("a"))).secondsBefore).toBe(6);
    });

    it("has the latest checkpoint of a trial until its result", async () => {
      const journal = await begin("a", [planned(0), planned(1)]);
      expect(await journal.resume(0)).toBeUndefined();
      await journal.saveCheckpoint(0, Uint8Array.of(1));
      await journal.saveCheckpoint(0, Uint8Array.of(2, 3));
      await again();
      const later = await begin("a", [planned(0), planned(1)]);
      expect(await later.resume(0)).toEqual(Uint8Array.of(2, 3));
      expect(await later.resume(1)).toBeUndefined();
      await keep(later, 0);
      expect(await later.resume(0)).toBeUndefined();
      await later.saveCheckpoint(0, Uint8Array.of(4));
      expect(await later.resume(0)).toBeUndefined();
    });

    it("shares a trial among studies by its key, and keeps it until the last of them is removed", async () => {
      const first = await begin("a", [planned(0, "shared"), planned(1)]);
      await keep(first, 0);
      await first.end({ seconds: 1, finished: true });
      const second = await store.open(recordOf("b"));
      expect(second.id).not.toBe(first.id);
      const trials = [planned(0, "other"), planned(1, "shared")];
      expect(await second.plan(trials)).toEqual(new Map([[1, finished(0)]]));
      await second.end({ seconds: 1, finished: true });
      await store.remove(first.id);
      expect((await store.load(second.id)).trials[1].result).toEqual(finished(0));
      expect(await store.artifacts(second.id, 1)).toEqual(artifactsOf(0));
      await store.remove(second.id);
      const third = await store.open(recordOf("c"));
      expect(await third.plan([planned(0, "shared")])).toEqual(new Map());
    });

    it("takes two arms of one key as one trial, of which the first to end is kept", async () => {
      const journal = await begin("a", [planned(0, "same"), planned(1, "same")]);
      await keep(journal, 0);
      await keep(journal, 1);
      const { trials } = await store.load(journal.id);
      expect(trials.map(({ result }) => result)).toEqual([finished(0), finished(0)]);
    });

    it("plans more trials later, and hands over the results of these alone", async () => {
      const journal = await begin("a", [planned(0)]);
      await keep(journal, 0);
      expect(await journal.plan([planned(1)])).toEqual(new Map());
      expect(await journal.plan([])).toEqual(new Map());
      expect((await store.load(journal.id)).trials.map(({ index }) => index)).toEqual([0, 1]);
    });

    it("lists studies, oldest first, with what is done of them", async () => {
      expect(await store.list()).toEqual([]);
      const first = await begin("a", [planned(0), planned(1), planned(2), planned(3)]);
      await keep(first, 0);
      await keep(first, 1, { result: failed });
      const second = await begin("b", [planned(0)]);
      await keep(second, 0);
      await second.end({ seconds: 1, finished: true });
      await again();
      const line = {
        data: "blobs",
        arms: design.arms.map(({ name }) => name),
        startedAt: "2026-01-01T00:00:00Z",
      };
      expect(await store.list()).toEqual([
        {
          ...{ ...line, id: first.id, status: "unfinished", seeds: 2, done: 2, trials: 4 },
          command: "holdout compare --key a",
        },
        {
          ...{ ...line, id: second.id, status: "finished", seeds: 1, done: 1, trials: 1 },
          command: "holdout compare --key b",
        },
      ]);
    });

    it("takes a finished study for unfinished from its opening to its next end", async () => {
      const first = await begin("a", [planned(0)]);
      await keep(first, 0);
      await first.end({ seconds: 1, finished: true });
      expect((await store.load(first.id)).finished).toBe(true);
      const second = await store.open(recordOf("a"));
      expect((await store.load(first.id)).finished).toBe(false);
      await second.end({ seconds: 1, finished: true });
      expect((await store.load(first.id)).finished).toBe(true);
    });

    it("never gives a number to another study", async () => {
      const first = await begin("a", [planned(0)]);
      await first.end({ seconds: 1, finished: false });
      await store.remove(first.id);
      expect((await store.open(recordOf("b"))).id).toBeGreaterThan(first.id);
    });

    it("refuses a number that no study has, and names those that there are", async () => {
      const none = `Store: there must be a study; got none. "holdout compare" makes one.`;
      for (const act of [store.load(1), store.artifacts(1, 0), store.remove(1)]) {
        await expect(act).rejects.toThrow(none);
      }
      const [a, b] = [await begin("a", []), await begin("b", [])];
      const known =
        `Store: the study's number must be one of ${a.id}, ${b.id}; got 99. ` +
        `"holdout studies" lists them.`;
      for (const act of [store.load(99), store.artifacts(99, 0), store.remove(99)]) {
        await expect(act).rejects.toThrow(known);
      }
    });

    it("refuses to remove the study that is open", async () => {
      const journal = await begin("a", [planned(0)]);
      await expect(store.remove(journal.id)).rejects.toThrow("must not be open when it is removed");
      await journal.end({ seconds: 1, finished: false });
      await store.remove(journal.id);
      expect(await store.list()).toEqual([]);
    });

    it("keeps copies: what is changed afterwards, outside, is not changed in it", async () => {
      const journal = await begin("a", [planned(0), planned(1)]);
      const outcome = outcomeOf(0);
      const checkpoint = Uint8Array.of(1);
      await journal.saveCheckpoint(1, checkpoint);
      await keep(journal, 0, outcome);
      outcome.artifacts?.predictions.fill(9);
      checkpoint.fill(9);
      expect(await store.artifacts(journal.id, 0)).toEqual(artifactsOf(0));
      expect(await journal.resume(1)).toEqual(Uint8Array.of(1));
    });
  });
}
