/** @file Runs a whole study: trains every trial that is not known yet, and gathers the results. */
import { checkFit } from "../nn/index.js";
import { assembleStudy, gatherArms } from "./assemble.js";
import { listCells } from "./cells.js";
import type { StudyData } from "./data.js";
import { listTrials } from "./design.js";
import type { StudyDesign, TrialSpec } from "./plan.js";
import { fitOptions } from "./fitOptions.js";
import { studyKey, trialKey } from "./keys.js";
import { keepStudy, type StudyKeeper } from "./keeper.js";
import { runPool, type PoolOptions } from "./pool.js";
import type { Environment, StoppingResult, StudyResult, TrialResult } from "./results.js";
import { planSeeds } from "./seedPlan.js";
import { begunSeeds, describeStopping } from "./stopping.js";
import type { StudyStore } from "./store.js";
import { firstRows } from "./trial.js";

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

/** The trials of all seeds, trained or known, as far as time and signal let it come. */
async function trainSeeds(
  design: StudyDesign,
  data: StudyData,
  {
    services,
    keeper,
    elapsed,
    secondsBefore,
  }: {
    readonly services: StudyServices;
    readonly keeper: StudyKeeper | undefined;
    /** Seconds of this run. */
    readonly elapsed: () => number;
    readonly secondsBefore: number;
  },
) {
  const { environment, onEvent, signal } = services;
  const context = { data: data.description, environment };
  const limit = (design.until?.minutes ?? Infinity) * 60;
  const isSpent = (): boolean => secondsBefore + elapsed() >= limit;
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
      (await keeper?.plan(keyed.map(({ recipe: _, ...planned }) => planned))) ??
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
  const stopping = describeStopping(design, reason);
  return { seeds: begunSeeds(design, { seeds, results, stopping }), results, stopping };
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
  const { clock, onEvent, store } = services;
  const started = clock();
  const elapsed = (): number => (clock() - started) / 1000;
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
  const secondsBefore = journal?.secondsBefore ?? 0;
  const onTrouble = (message: string): void => onEvent?.({ kind: "trouble", message, unstored: 0 });
  const keeper = journal && keepStudy(journal, { onTrouble, elapsed });
  const { seeds, results, stopping } = await trainSeeds(design, data, {
    ...{ services, keeper, elapsed, secondsBefore },
  });
  const seconds = elapsed();
  const study = assembleStudy({
    ...{ design, data: data.description, seeds, results, stopping },
    environment: {
      ...environment,
      startedAt: journal?.startedAt ?? environment.startedAt,
      seconds: secondsBefore + seconds,
    },
  });
  const isKept = [...results.keys()].every((index) => keeper?.has(index));
  const finished = isKept && !study.interrupted && stopping?.reason !== "interrupted";
  await keeper?.end({ seconds, finished, ...(stopping && { stopping }) });
  const unstored = keeper?.unstored() ?? 0;
  if (unstored > 0) {
    const share = `${unstored} of ${results.size} results`;
    const message = `Not stored, and in this output alone: ${share}. The same command trains them again.`;
    onEvent?.({ kind: "trouble", message, unstored });
  }
  return study;
}
