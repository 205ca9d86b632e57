/** @file Runs a whole study: trains every trial that is not known yet, and gathers the results. */
import { checkFit } from "../nn/index.js";
import { UsageError } from "../util/index.js";
import { assembleStudy, gatherArms } from "./assemble.js";
import { listCells } from "./cells.js";
import type { StudyData } from "./data.js";
import { listTrials } from "./design.js";
import type { StudyDesign, TrialSpec } from "./plan.js";
import { fitOptions } from "./fitOptions.js";
import { studyKey, trialKey } from "./keys.js";
import { runPool, type PoolOptions, type TrialKeeper } from "./pool.js";
import type { Environment, StoppingResult, StudyResult, TrialResult } from "./results.js";
import { describeStopping, planSeeds } from "./seedPlan.js";
import type { StudyJournal, StudyStore } from "./store.js";
import { firstRows } from "./trial.js";
import { createWriter, type Writer } from "./writer.js";

export interface StudyServices extends Omit<PoolOptions, "keeper"> {
  /** What the study itself cannot know. */
  readonly environment: Omit<Environment, "workers" | "seconds">;
  /** Where the study survives this process; default: nowhere. */
  readonly store?: StudyStore | undefined;
}

/** Throws for the first recipe that cannot be trained with these rows, before any other is trained. */
function checkCells(design: StudyDesign, { train, validation }: StudyData): void {
  for (const { recipe, trainRows = train.rows } of listCells(design)) {
    const options = { ...fitOptions(recipe.training), validation };
    checkFit(recipe.model.layers, options, firstRows(train, trainRows));
  }
}

/** No further seed begins once the time is spent; one that has begun is finished in all arms. */
function* whileTimeLasts(trials: readonly TrialSpec[], isSpent: () => boolean) {
  let seed: number | undefined;
  for (const trial of trials) {
    if (trial.seed !== seed && isSpent()) return;
    seed = trial.seed;
    yield trial;
  }
}

function keeperOf(
  journal: StudyJournal,
  writer: Writer,
  onTrouble: (error: unknown) => void,
): TrialKeeper {
  return {
    resume: ({ index }) => journal.resume(index),
    // A checkpoint that cannot be written is not worth keeping: the next one is better.
    saveCheckpoint: ({ index }, bytes) => {
      journal.saveCheckpoint(index, bytes).catch(onTrouble);
    },
    finish: ({ index }, outcome) => writer.write(() => journal.finish(index, outcome)),
  };
}

/** Tells each sentence once: a full disk is met after every epoch. */
function troubleTeller({ onEvent }: StudyServices): (error: unknown) => void {
  const told = new Set<string>();
  return (error) => {
    if (!(error instanceof UsageError)) throw error;
    if (told.has(error.message)) return;
    told.add(error.message);
    onEvent?.({ kind: "trouble", message: error.message });
  };
}

/** The trials of all seeds, trained or known, as far as time and signal let it come. */
async function trainSeeds(
  design: StudyDesign,
  data: StudyData,
  {
    services,
    journal,
    keeper,
    started,
  }: {
    readonly services: StudyServices;
    readonly journal: StudyJournal | undefined;
    readonly keeper: TrialKeeper | undefined;
    readonly started: number;
  },
) {
  const { clock, environment, onEvent, signal } = services;
  const context = { data: data.description, environment };
  const before = journal?.secondsBefore ?? 0;
  const limit = (design.until?.minutes ?? Infinity) * 60;
  const isSpent = (): boolean => before + (clock() - started) / 1000 >= limit;
  const results = new Map<number, TrialResult>();
  let seeds: readonly number[] = [];
  let reason: StoppingResult["reason"] | undefined;
  while (reason === undefined && !signal?.aborted) {
    const arms = gatherArms({ design, data: data.description, seeds, results });
    const plan = planSeeds(design, { arms, done: seeds.length });
    if (plan.wanted === seeds.length) {
      reason = plan.reason;
      break;
    }
    const next = Array.from({ length: plan.wanted - seeds.length }, (_, i) => seeds.length + i + 1);
    const trials = listTrials(design, next);
    const keyed = await Promise.all(
      trials.map(async (trial) => ({ ...trial, key: await trialKey(trial, context) })),
    );
    const known =
      (await journal?.plan(keyed.map(({ recipe: _, ...planned }) => planned))) ??
      new Map<number, TrialResult>();
    for (const [index, result] of known) results.set(index, result);
    seeds = [...seeds, ...next];
    onEvent?.({
      kind: "planned",
      trials: listTrials(design, seeds),
      known: new Map(results),
      more: next[0] > 1,
      workers: Math.min(services.workers, trials.length),
      data: data.description,
    });
    const unknown = trials.filter(({ index }) => !results.has(index));
    const trained = await runPool(whileTimeLasts(unknown, isSpent), { ...services, keeper });
    for (const [index, result] of trained) results.set(index, result);
    if (isSpent() && unknown.some(({ index }) => !results.has(index))) reason = "budget spent";
  }
  // Seeds that a budget kept from beginning are no part of the study.
  const begun =
    reason === "budget spent"
      ? seeds.filter((seed) => listTrials(design, [seed]).some(({ index }) => results.has(index)))
      : seeds;
  return { seeds: begun, results, reason };
}

/**
 * Trains arms x seeds and compares each arm with the first one, seed by seed. With a store, trials that it
 * has finished are not trained again, others go on from their latest checkpoint.
 *
 * @returns everything; after the signal, what was finished before it, marked as interrupted.
 * @throws UsageError if a recipe cannot be trained, or the store cannot be opened.
 */
export async function runStudy(
  design: StudyDesign,
  data: StudyData,
  services: StudyServices,
): Promise<StudyResult> {
  const { clock, store } = services;
  const started = clock();
  checkCells(design, data);
  const context = { data: data.description, environment: services.environment };
  const workers = Math.min(services.workers, listTrials(design).length);
  const environment = { ...services.environment, workers };
  const journal = await store?.open({
    key: await studyKey(design, context),
    design,
    ...context,
    environment,
  });
  const onTrouble = troubleTeller(services);
  const writer = createWriter(onTrouble);
  const keeper = journal && keeperOf(journal, writer, onTrouble);
  const { seeds, results, reason } = await trainSeeds(design, data, {
    services,
    journal,
    keeper,
    started,
  });
  const stopping = describeStopping(design, reason);
  const seconds = (clock() - started) / 1000;
  const study = assembleStudy({
    ...{ design, data: data.description, seeds, results, stopping },
    environment: {
      ...environment,
      startedAt: journal?.startedAt ?? environment.startedAt,
      seconds: seconds + (journal?.secondsBefore ?? 0),
    },
  });
  await writer.write(async () => {
    await journal?.end({ seconds, finished: !study.interrupted, ...(stopping && { stopping }) });
  });
  if (writer.waiting() > 0) {
    services.onEvent?.({
      kind: "trouble",
      message: `${writer.waiting()} results could not be stored; they are in this output alone.`,
    });
  }
  return study;
}
