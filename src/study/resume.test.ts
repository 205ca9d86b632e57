/** @file Studies with a store, in this thread: what is stored is not trained again, and trouble costs no result. */
import { describe, expect, it } from "vitest";
import { blobEnvironment, blobRecipe, blobSource } from "../../test/fixtures/blobStudy.js";
import { UsageError } from "../util/index.js";
import { assembleStored } from "./assemble.js";
import { prepareData } from "./data.js";
import { designStudy } from "./design.js";
import type { StudyEvent } from "./events.js";
import { inlineWorkers } from "./inlineWorker.js";
import { memoryStore } from "./memoryStore.js";
import type { UntilChoice } from "./plan.js";
import type { StudyResult } from "./results.js";
import { runStudy, type StudyServices } from "./run.js";
import type { StudyJournal, StudyStore } from "./store.js";

const EPOCHS = 4;
const source = blobSource;
const recipe = blobRecipe(EPOCHS);
const environment = blobEnvironment;

interface Change extends Partial<StudyServices> {
  readonly seeds?: number;
  readonly until?: UntilChoice;
}

/** Two arms; each look at the clock takes a second, so that every epoch has its checkpoint. */
async function study({ seeds = 1, until, ...services }: Change) {
  const events: StudyEvent[] = [];
  const data = await prepareData(source, recipe);
  let now = 0;
  const clock = (): number => (now += 1000);
  const startWorker = inlineWorkers(data, clock);
  const design = designStudy({ recipe, arms: ["none", "dropout=0.5"], seeds, until });
  const onEvent = (event: StudyEvent): void => {
    events.push(event);
    services.onEvent?.(event);
  };
  const rest = { environment, startWorker, clock, workers: 1, ...services, onEvent };
  return { result: await runStudy(design, data, rest), events };
}

/** Everything but times. */
const numbers = ({ environment: _, ...study }: StudyResult): unknown =>
  JSON.parse(JSON.stringify(study, (key, value: unknown) => (key === "seconds" ? 0 : value)));

const epochsIn = (events: readonly StudyEvent[], index: number): readonly number[] =>
  events.flatMap((event) =>
    event.kind === "epoch" && event.trial.index === index ? [event.result.epoch] : [],
  );
const kindsIn = (events: readonly StudyEvent[], kind: StudyEvent["kind"]): number =>
  events.filter((event) => event.kind === kind).length;

/** The store, with a journal that does some things differently. */
const withJournal = (
  store: StudyStore,
  change: (journal: StudyJournal) => Partial<StudyJournal>,
): StudyStore => ({
  ...store,
  open: async (record) => {
    const journal = await store.open(record);
    return { ...journal, ...change(journal) };
  },
});

describe("a study with a store", () => {
  it("loses one epoch at most of the trial in which it was stopped, and ends with the same bits", async () => {
    const store = memoryStore();
    const controller = new AbortController();
    const onEvent = (event: StudyEvent): void => {
      const last = event.kind === "epoch" && event.trial.index === 1 && event.result.epoch === 3;
      if (last) controller.abort();
    };
    const stopped = await study({ store, onEvent, signal: controller.signal });
    expect(stopped.result.interrupted).toBe(true);
    expect((await store.list())[0]).toMatchObject({ status: "unfinished", done: 1, trials: 2 });
    const resumed = await study({ store });
    expect(epochsIn(resumed.events, 0)).toEqual([]);
    expect(epochsIn(resumed.events, 1)).toEqual([3, 4]);
    const undisturbed = await study({});
    expect(numbers(resumed.result)).toEqual(numbers(undisturbed.result));
    expect((await store.list())[0].status).toBe("finished");
  });

  it("is not trained again once it is finished; stored, it is the result that was returned", async () => {
    const store = memoryStore();
    const first = await study({ store });
    expect(assembleStored(await store.load(1))).toEqual(first.result);
    const second = await study({ store });
    expect(kindsIn(second.events, "started")).toBe(0);
    expect(numbers(second.result)).toEqual(numbers(first.result));
    expect(assembleStored(await store.load(1))).toEqual(second.result);
  });

  it("trains more seeds alone, if it gets some", async () => {
    const store = memoryStore();
    await study({ store, seeds: 1 });
    const more = await study({ store, seeds: 2 });
    expect(kindsIn(more.events, "started")).toBe(2);
    expect(numbers(more.result)).toEqual(numbers((await study({ seeds: 2 })).result));
  });

  it("adds the same seeds again, of which all are stored", async () => {
    const store = memoryStore();
    const until = { halfWidth: 0.06 };
    const first = await study({ store, seeds: 3, until });
    expect(first.result.seeds.length).toBeGreaterThan(3);
    expect(assembleStored(await store.load(1))).toEqual(first.result);
    const second = await study({ store, seeds: 3, until });
    expect(kindsIn(second.events, "started")).toBe(0);
    expect(numbers(second.result)).toEqual(numbers(first.result));
  });

  it("keeps no result of a crash: the next run trains that trial again", async () => {
    const store = memoryStore();
    const data = await prepareData(source, recipe);
    const inline = inlineWorkers(data, () => 0);
    const crashing = (): ReturnType<typeof inline> => ({
      ...inline(),
      run: (trial, options) =>
        trial.index === 1 ? Promise.reject(new Error("crash")) : inline().run(trial, options),
    });
    const crashed = await study({ store, startWorker: crashing });
    expect(kindsIn(crashed.events, "failed")).toBe(1);
    expect((await store.list())[0]).toMatchObject({ status: "unfinished", done: 1 });
    const mended = await study({ store });
    expect(kindsIn(mended.events, "started")).toBe(1);
    expect(numbers(mended.result)).toEqual(numbers((await study({})).result));
  });
});

describe("a study whose store has trouble", () => {
  const full = new UsageError("Store: full.");
  const troubles = (events: readonly StudyEvent[]) =>
    events.flatMap((event) => (event.kind === "trouble" ? [[event.message, event.unstored]] : []));

  it("tells each sentence once, and writes later what it could not", async () => {
    const store = memoryStore();
    let failures = 2;
    const moody = withJournal(store, (journal) => ({
      finish: async (index, end) => {
        if (failures-- > 0) throw full;
        return journal.finish(index, end);
      },
    }));
    const { events, result } = await study({ store: moody, seeds: 2 });
    expect(troubles(events)).toEqual([["Store: full.", 0]]);
    expect((await store.list())[0]).toMatchObject({ status: "finished", done: 4 });
    expect(numbers(result)).toEqual(numbers((await study({ seeds: 2 })).result));
  });

  it("returns everything, and says how many results were never stored", async () => {
    const store = memoryStore();
    const broken = withJournal(store, (journal) => ({
      finish: async (index, end) => {
        if (index > 0) throw full;
        return journal.finish(index, end);
      },
      saveCheckpoint: () => Promise.reject(full),
      resume: () => Promise.reject(full),
    }));
    const { events, result } = await study({ store: broken, seeds: 2 });
    expect(troubles(events)).toEqual([
      ["Store: full.", 0],
      [
        "Not stored, and in this output alone: 3 of 4 results. The same command trains them again.",
        3,
      ],
    ]);
    expect(numbers(result)).toEqual(numbers((await study({ seeds: 2 })).result));
    expect((await store.list())[0]).toMatchObject({ status: "unfinished", done: 1 });
  });

  it("begins no further trial once more waits than may, and the same study goes on later", async () => {
    const store = memoryStore();
    let isFull = true;
    const filling = withJournal(store, (journal) => ({
      finish: (index, end) =>
        isFull && index > 0 ? Promise.reject(full) : journal.finish(index, end),
    }));
    // The first to wait is too much. Its worker has begun the next trial by then, which is finished.
    const services = { store: filling, seeds: 3, mostWaitingBytes: 0 };
    const { events, result } = await study(services);
    const overfull = troubles(events)[1][0];
    expect(overfull).toMatch(
      /^Store: results that wait to be stored must take at most 0 MiB; got 1 of [\d.e-]+ MiB\. No further trial begins\. Make room for the store, then run the same command: it goes on with what is stored\.$/,
    );
    expect(result.interrupted).toBe(true);
    const begun = kindsIn(events, "started");
    expect(begun).toBe(3);
    expect(kindsIn(events, "finished")).toBe(begun);
    expect((await store.list())[0]).toMatchObject({ status: "unfinished", done: 1, trials: 6 });
    isFull = false;
    const later = await study(services);
    expect(kindsIn(later.events, "started")).toBe(5);
    expect(numbers(later.result)).toEqual(numbers((await study({ seeds: 3 })).result));
  });

  it("trains nothing if its trials cannot be planned", async () => {
    const store = withJournal(memoryStore(), () => ({ plan: () => Promise.reject(full) }));
    await expect(study({ store })).rejects.toThrow("Store: full.");
  });
});
