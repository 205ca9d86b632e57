/** @file The trainings of a study, in rounds of seeds: those of the design, then as many as are wanted. */
import { gatherArms } from "./assemble.js";
import type { StudyData } from "./data.js";
import { listTrials } from "./design.js";
import type { StudyKeeper } from "./keeper.js";
import { trialKey } from "./keys.js";
import type { StudyDesign, TrialSpec } from "./plan.js";
import { runPool, type PoolOptions } from "./pool.js";
import type { Environment, StoppingResult, TrialResult } from "./results.js";
import { planSeeds } from "./seedPlan.js";
import { describeStopping } from "./stopping.js";

/** What the rounds of one study share. */
export interface Rounds {
  readonly design: StudyDesign;
  readonly data: StudyData;
  readonly environment: Pick<Environment, "holdout" | "engine">;
  readonly pool: Omit<PoolOptions, "keeper">;
  readonly keeper: StudyKeeper | undefined;
  /** Whether the time for new seeds is over. */
  readonly isSpent: () => boolean;
}

/** What the rounds came to. */
export interface Trainings {
  /** Those that were planned; a budget may have kept the last ones from beginning. */
  readonly seeds: readonly number[];
  /** By trial index. */
  readonly results: ReadonlyMap<number, TrialResult>;
  readonly stopping: StoppingResult | undefined;
}

/**
 * No further seed begins once the time is spent; one that has begun is finished in all arms. No further trial
 * begins once too many results wait for their store.
 */
function* whileTrialsMayBegin(trials: readonly TrialSpec[], { isSpent, keeper }: Rounds) {
  let seed: number | undefined;
  for (const trial of trials) {
    if (keeper?.isOverfull()) return;
    if (trial.seed !== seed && isSpent()) return;
    seed = trial.seed;
    yield trial;
  }
}

/** Makes the trials durable before they begin; gives the results that are there already. */
async function planTrials(
  trials: readonly TrialSpec[],
  { data, environment, keeper }: Rounds,
): Promise<ReadonlyMap<number, TrialResult>> {
  if (keeper === undefined) return new Map();
  const context = { data: data.description, environment };
  const planned = trials.map(async (trial) => {
    const { index, arm, seed } = trial;
    return { index, arm, seed, key: await trialKey(trial, context) };
  });
  return keeper.plan(await Promise.all(planned));
}

/**
 * Trains the seeds after those before, as far as time and signal let it come.
 *
 * @param results - receives the results
 * @returns whether the time was spent before all of them had begun
 */
async function runRound(
  next: readonly number[],
  results: Map<number, TrialResult>,
  rounds: Rounds,
): Promise<{ readonly wasCut: boolean }> {
  const { design, data, pool, keeper, isSpent } = rounds;
  const trials = listTrials(design, next);
  for (const [index, result] of await planTrials(trials, rounds)) results.set(index, result);
  pool.onEvent?.({
    kind: "planned",
    trials: listTrials(
      design,
      Array.from({ length: next[next.length - 1] }, (_, i) => i + 1),
    ),
    known: new Map(results),
    more: next[0] > 1,
    workers: Math.min(pool.workers, trials.length),
    data: data.description,
  });
  const unknown = trials.filter(({ index }) => !results.has(index));
  const trained = await runPool(whileTrialsMayBegin(unknown, rounds), { ...pool, keeper });
  for (const [index, result] of trained) results.set(index, result);
  return { wasCut: isSpent() && unknown.some(({ index }) => !results.has(index)) };
}

/** The trials of all seeds, trained or known. Seeds are 1, 2, 3, ... */
export async function trainRounds(rounds: Rounds): Promise<Trainings> {
  const { design, data, pool, keeper } = rounds;
  const results = new Map<number, TrialResult>();
  let seeds: readonly number[] = [];
  let reason: StoppingResult["reason"] | undefined;
  while (reason === undefined && !pool.signal?.aborted && !keeper?.isOverfull()) {
    const arms = gatherArms({ design, data: data.description, seeds, results });
    const plan = planSeeds(design, { arms, done: seeds.length });
    if (plan.wanted === seeds.length) {
      reason = plan.reason;
      break;
    }
    const next = Array.from({ length: plan.wanted - seeds.length }, (_, i) => seeds.length + i + 1);
    seeds = [...seeds, ...next];
    const { wasCut } = await runRound(next, results, rounds);
    if (wasCut) reason = "budget spent";
  }
  return { seeds, results, stopping: describeStopping(design, reason) };
}
