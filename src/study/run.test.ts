/** @file Whole studies on a few rows, in this thread; what is checked holds for any data and any network. */
import { describe, expect, it } from "vitest";
import { blobEnvironment, blobRecipe, blobSource } from "../../test/fixtures/blobStudy.js";
import { datasetFields } from "../data/index.js";
import { adam } from "../nn/index.js";
import type { Recipe } from "../techniques/index.js";
import { prepareData } from "./data.js";
import { designStudy } from "./design.js";
import type { StudyEvent } from "./events.js";
import { inlineWorkers } from "./inlineWorker.js";
import type { TrialWorker } from "./pool.js";
import type { SizeChoice, UntilChoice } from "./plan.js";
import type { StudyResult, TrialResult } from "./results.js";
import { runStudy, type StudyServices } from "./run.js";
import { runTrial } from "./trial.js";
import type { TrialData } from "./trialParts.js";

const source = blobSource;
const recipe = blobRecipe(3);
const environment = blobEnvironment;

interface Change extends Partial<StudyServices> {
  readonly arms?: readonly string[];
  readonly seeds?: number;
  readonly sizes?: SizeChoice;
  readonly until?: UntilChoice;
}

async function study(change: Change = {}) {
  const { arms = ["none", "dropout=0.5"], seeds = 2, sizes, until, ...services } = change;
  const data = await prepareData(source, recipe);
  let now = 0;
  const clock = (): number => now++;
  const startWorker = inlineWorkers(data, clock);
  const design = designStudy({ recipe, arms, seeds, sizes, until });
  return runStudy(design, data, { environment, startWorker, clock, workers: 1, ...services });
}

/** Everything but times, which differ from run to run. */
function numbers({ arms, comparisons }: StudyResult): unknown {
  const withoutTime = (key: string, value: unknown): unknown =>
    key === "seconds" ? undefined : value;
  return JSON.parse(JSON.stringify({ arms, comparisons }, withoutTime));
}

const trialNumbers = (trials: readonly TrialResult[]): unknown =>
  trials.map(({ epochs, final, bestEpoch }) => ({
    epochs: epochs.map(({ running, clean, validation }) => ({ running, clean, validation })),
    final,
    bestEpoch,
  }));

describe("runStudy", () => {
  it("refuses an arm that these rows cannot be trained with, before any other is trained", async () => {
    const events: StudyEvent[] = [];
    const act = study({ arms: ["none", "cutmix"], onEvent: (event) => events.push(event) });
    await expect(act).rejects.toThrow(
      "CutMix: rows must be images, [height, width] or [height, width, channels]; got [4].",
    );
    expect(events).toEqual([]);
  });

  it("gives each arm every seed, with all epochs and the test set", async () => {
    const { arms, data, interrupted } = await study();
    expect(arms.map(({ name }) => name)).toEqual(["none", "dropout=0.5"]);
    for (const { trials } of arms) {
      expect(trials.map(({ seed }) => seed)).toEqual([1, 2]);
      for (const { epochs, final, failure } of trials) {
        expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
        expect(final?.test.loss).toBeGreaterThan(0);
        expect(failure).toBeUndefined();
      }
    }
    expect(data).toMatchObject({ trainRows: 40, validationRows: 10, testRows: 20 });
    expect(interrupted).toBe(false);
  });

  it("gives the same bits twice, for one worker and for four", async () => {
    const once = numbers(await study());
    expect(numbers(await study())).toEqual(once);
    expect(numbers(await study({ workers: 4 }))).toEqual(once);
  });

  it("trains every seed from other weights", async () => {
    const [{ trials }] = (await study({ arms: ["none"] })).arms;
    expect(trialNumbers([trials[0]])).not.toEqual(trialNumbers([trials[1]]));
  });

  it("gives dropout=0 the numbers of none, bit for bit, and dropout=0.5 others", async () => {
    const { arms } = await study({ arms: ["none", "dropout=0", "dropout=0.5"] });
    const [none, off, on] = arms.map(({ trials }) => trialNumbers(trials));
    expect(off).toEqual(none);
    expect(on).not.toEqual(none);
  });

  it("stops a trial whose loss becomes infinite or NaN, says when and why, and goes on", async () => {
    const data = await prepareData(source, recipe);
    const inline = inlineWorkers(data, () => 0)();
    const optimizer = adam({ learningRate: 1e30 });
    const startWorker = (): TrialWorker => ({
      ...inline,
      run: (trial, options) => {
        if (trial.index !== 1) return inline.run(trial, options);
        const training = { ...recipe.training, optimizer };
        return inline.run({ ...trial, recipe: { ...trial.recipe, training } }, options);
      },
    });
    const kinds: string[] = [];
    const onEvent = ({ kind }: StudyEvent): void => {
      if (kind === "finished" || kind === "failed") kinds.push(kind);
    };
    const { arms, comparisons, interrupted } = await study({ startWorker, onEvent });
    expect(kinds).toEqual(["finished", "failed", "finished", "finished"]);
    const [failed] = arms[1].trials;
    expect(failed.failure?.epoch).toBe(1);
    expect(failed.failure?.step).toBeGreaterThan(1);
    expect(failed.failure?.message).toContain("learning rate 1e+30");
    expect(failed.final).toBeUndefined();
    expect(comparisons[0].pairs).toBe(1);
    expect(interrupted).toBe(false);
  });

  it("keeps what is finished when it is stopped, and says so", async () => {
    const controller = new AbortController();
    const onEvent = (event: StudyEvent): void => {
      if (event.kind === "started" && event.trial.index === 3) controller.abort();
    };
    const whole = await study();
    const stopped = await study({ onEvent, signal: controller.signal });
    expect(stopped.interrupted).toBe(true);
    expect(stopped.arms.map(({ trials }) => trials.length)).toEqual([2, 1]);
    expect(trialNumbers(stopped.arms[1].trials)).toEqual(
      trialNumbers(whole.arms[1].trials.slice(0, 1)),
    );
  });

  it("trains every arm on every number of rows, each a prefix of the next", async () => {
    const { arms, sizes } = await study({ sizes: { rows: [16, 40], equal: "epochs" } });
    expect(arms.map(({ name, trainRows }) => [name, trainRows])).toEqual([
      ["none, 16 rows", 16],
      ["dropout=0.5, 16 rows", 16],
      ["none, 40 rows", 40],
      ["dropout=0.5, 40 rows", 40],
    ]);
    expect(sizes?.rows).toEqual([16, 40]);
    const whole = await study();
    expect(trialNumbers(arms[2].trials)).toEqual(trialNumbers(whole.arms[0].trials));
    expect(trialNumbers(arms[0].trials)).not.toEqual(trialNumbers(whole.arms[0].trials));
  });

  it("adds seeds until the intervals are narrow, and says that it planned more", async () => {
    const planned: number[] = [];
    const onEvent = (event: StudyEvent): void => {
      if (event.kind === "planned") planned.push(event.trials.length);
    };
    const until = { halfWidth: 0.06 };
    const { seeds, stopping, comparisons } = await study({ seeds: 3, until, onEvent });
    expect(stopping).toEqual({ halfWidth: 0.06, pilot: 3, reason: "narrow enough" });
    expect(seeds.length).toBeGreaterThan(3);
    expect(planned[0]).toBe(6);
    expect(planned.at(-1)).toBe(2 * seeds.length);
    const [low, high] = comparisons[0].interval;
    expect((high ?? NaN) - (low ?? NaN)).toBeLessThanOrEqual(0.12);
    const twice = await study({ seeds: 3, until, workers: 3 });
    expect(twice.seeds).toEqual(seeds);
  });

  it("begins no seed once the time is spent, and finishes the one that has begun", async () => {
    // The clock of `study` ticks a millisecond at each look: this is some dozens of looks.
    const until = { halfWidth: 1e-6, minutes: 0.2 / 60 };
    const { seeds, arms, stopping, interrupted } = await study({ seeds: 3, until });
    expect(stopping?.reason).toBe("budget spent");
    expect(arms.map(({ trials }) => trials.length)).toEqual([seeds.length, seeds.length]);
    expect(interrupted).toBe(false);
  });

  it("names the workers that there are trials for", async () => {
    expect((await study({ workers: 40 })).environment.workers).toBe(4);
  });
});

describe("runTrial", () => {
  it("preprocesses by its own training rows, whatever else there is", async () => {
    const data = await prepareData(source, recipe);
    const few = data.train.take(Int32Array.from({ length: 16 }, (_, row) => row));
    const standardized = { ...recipe, preprocessing: "standardize" as const };
    const small = { ...standardized, data: { name: "blobs", trainRows: 16 } };
    const train = async (rows: TrialData, own: Recipe) => {
      const { result } = await runTrial({ index: 0, arm: "none", seed: 1, recipe: own }, rows, {
        clock: () => 0,
      });
      return result;
    };
    const result = await train(data, small);
    expect(result).toEqual(await train({ ...data, train: few }, small));
    expect(result).not.toEqual(await train(data, { ...small, preprocessing: "scale" }));
    expect(result.failure).toBeUndefined();
  });
});

describe("prepareData", () => {
  const prepare = (trainRows: number): ReturnType<typeof prepareData> =>
    prepareData(source, { ...recipe, data: { name: "blobs", trainRows } });

  it("takes fewer training rows from the front and leaves validation as it is", async () => {
    const [all, few] = [await prepareData(source, recipe), await prepare(16)];
    expect(few.train.rows).toBe(16);
    expect([...few.train.features]).toEqual([...all.train.features.subarray(0, 64)]);
    expect(datasetFields(few.validation)).toEqual(datasetFields(all.validation));
    expect(few.description.hash).toBe(all.description.hash);
  });

  it("fills in what the recipe leaves to its data set, and nothing else", async () => {
    const open = { ...recipe, split: { seed: 42 } };
    const settled = { ...recipe, data: { name: "blobs", trainRows: 40 } };
    expect((await prepareData(source, open)).recipe).toEqual(settled);
    expect((await prepareData(source, settled)).recipe).toEqual(settled);
  });

  it("refuses more training rows than there are, and a batch that they cannot fill", async () => {
    await expect(prepare(41)).rejects.toThrow(
      "Study: train size must be at most the 40 training rows of pool; got 41. Use fewer rows.",
    );
    await expect(prepare(15)).rejects.toThrow(
      "Study: batch size must be at most the 15 training rows; got 16. " +
        "Use a smaller batch or more rows.",
    );
  });
});
