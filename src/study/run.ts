/** @file Runs a whole study: trains every trial, compares the arms and gathers the results. */
import { checkFit } from "../nn/index.js";
import { compareArms } from "./compare.js";
import type { StudyData } from "./data.js";
import { listTrials, type StudyDesign, type TrialSpec } from "./design.js";
import { fitOptions } from "./fitOptions.js";
import { runPool, type PoolOptions } from "./pool.js";
import type { ArmResult, Environment, StudyResult, TrialResult } from "./results.js";

export interface StudyServices extends PoolOptions {
  /** What the study itself cannot know. */
  readonly environment: Omit<Environment, "workers" | "seconds">;
}

function gatherArms(
  { arms }: StudyDesign,
  trials: readonly TrialSpec[],
  results: readonly (TrialResult | undefined)[],
): readonly ArmResult[] {
  return arms.map(({ name }) => ({
    name,
    trials: trials.flatMap(({ arm, index }) => {
      const result = arm === name ? results[index] : undefined;
      return result === undefined ? [] : [result];
    }),
  }));
}

/** Throws for the first recipe that cannot be trained with these rows, before any other is trained. */
function checkTrials(trials: readonly TrialSpec[], { train, validation }: StudyData): void {
  for (const { recipe } of trials) {
    checkFit(recipe.model.layers, { ...fitOptions(recipe.training), validation }, train);
  }
}

/**
 * Trains arms x seeds and compares each arm with the first one, seed by seed.
 *
 * @returns everything; after the signal, what was finished before it, marked as interrupted.
 * @throws UsageError if a recipe cannot be trained.
 */
export async function runStudy(
  design: StudyDesign,
  data: StudyData,
  services: StudyServices,
): Promise<StudyResult> {
  const { clock, environment, onEvent } = services;
  const started = clock();
  const trials = listTrials(design);
  checkTrials(trials.slice(0, design.arms.length), data);
  const workers = Math.min(services.workers, trials.length);
  onEvent?.({ kind: "planned", trials, workers, data: data.description });
  const results = await runPool(trials, services);
  const arms = gatherArms(design, trials, results);
  return {
    arms,
    seeds: design.seeds,
    comparisons: compareArms(arms),
    data: data.description,
    environment: { ...environment, workers, seconds: (clock() - started) / 1000 },
    recipe: design.recipe,
    interrupted: results.includes(undefined),
  };
}
