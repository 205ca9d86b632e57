/** @file Runs a whole study: trains every trial that is not known yet, and gathers the results. */
import { checkFit } from "../nn/index.js";
import { assembleStudy } from "./assemble.js";
import { listCells } from "./cells.js";
import type { StudyData } from "./data.js";
import { listTrials } from "./design.js";
import type { StudyDesign } from "./plan.js";
import { fitOptions } from "./fitOptions.js";
import { studyKey } from "./keys.js";
import { keepStudy } from "./keeper.js";
import type { PoolOptions } from "./pool.js";
import type { Environment, StudyResult } from "./results.js";
import { trainRounds } from "./rounds.js";
import type { StudyStore } from "./store.js";
import { firstRows } from "./trial.js";

export interface StudyServices extends Omit<PoolOptions, "keeper"> {
  /** What the study itself cannot know. */
  readonly environment: Omit<Environment, "workers" | "seconds">;
  /** Where the study survives this process; default: nowhere. */
  readonly store?: StudyStore | undefined;
  /**
   * How many bytes of weights and predictions may wait in memory while the store takes none, as when its disk is
   * full; default 256 MiB. Then no further trial begins.
   */
  readonly mostWaitingBytes?: number | undefined;
}

/** Throws for the first recipe that cannot be trained with these rows, before any other is trained. */
function checkCells(design: StudyDesign, { train, validation }: StudyData): void {
  for (const { recipe, trainRows = train.rows } of listCells(design)) {
    const options = { ...fitOptions(recipe.training), validation };
    checkFit(recipe.model.layers, options, firstRows(train, trainRows));
  }
}

/**
 * Trains arms x seeds and compares each arm with the first one, seed by seed. With a store, trials that it
 * has finished are not trained again, others go on from their latest checkpoint.
 *
 * @returns everything; after the signal, or where the store took nothing for too long, what was finished before,
 *   marked as interrupted.
 * @throws UsageError if a recipe cannot be trained, or the store cannot be opened.
 */
export async function runStudy(
  design: StudyDesign,
  data: StudyData,
  services: StudyServices,
): Promise<StudyResult> {
  const { clock, onEvent, store, mostWaitingBytes } = services;
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
  const keeper = journal && keepStudy(journal, { onTrouble, elapsed, mostWaitingBytes });
  const limit = (design.until?.minutes ?? Infinity) * 60;
  const isSpent = (): boolean => secondsBefore + elapsed() >= limit;
  const { seeds, results, stopping } = await trainRounds({
    ...{ design, data, environment, keeper, isSpent },
    pool: services,
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
