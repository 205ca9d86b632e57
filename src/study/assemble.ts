/** @file Puts a study's result together from the results of its trials: the same for a running and a stored one. */
import { twoStageDifferences, type Estimator } from "../stats/index.js";
import { listCells } from "./cells.js";
import { compareArms } from "./compare.js";
import { listTrials } from "./design.js";
import type { StudyDesign } from "./plan.js";
import type {
  ArmResult,
  DataDescription,
  Environment,
  StoppingResult,
  StudyResult,
  TrialResult,
} from "./results.js";
import type { StoredStudy } from "./store.js";
import { begunSeeds, describeStopping } from "./stopping.js";
import { chooseStrengths } from "./sweep.js";

export interface StudyParts {
  readonly design: StudyDesign;
  readonly data: DataDescription;
  readonly environment: Environment;
  /** Those that were planned. */
  readonly seeds: readonly number[];
  /** By trial index. */
  readonly results: ReadonlyMap<number, TrialResult>;
  readonly stopping?: StoppingResult | undefined;
}

/** The arms with the results that they have, in the design's order. */
export function gatherArms({
  design,
  data,
  seeds,
  results,
}: Pick<StudyParts, "design" | "data" | "seeds" | "results">): readonly ArmResult[] {
  const trials = listTrials(design, seeds);
  return listCells(design).map(({ name, arm, trainRows = data.trainRows }) => ({
    name,
    arm,
    trainRows,
    trials: trials
      .filter((trial) => trial.arm === name)
      .flatMap(({ index }) => results.get(index) ?? []),
  }));
}

/** After a number of seeds that was chosen by looking, only the two-stage interval keeps its word. */
function estimatorOf({ until, seeds }: StudyDesign): Estimator | undefined {
  if (until === undefined) return undefined;
  return (arm, baseline) => twoStageDifferences(arm, baseline, { pilot: seeds.length });
}

export function assembleStudy(parts: StudyParts): StudyResult {
  const { design, data, environment, results, stopping } = parts;
  const seeds = begunSeeds(design, parts);
  const arms = gatherArms({ ...parts, seeds });
  const planned = listTrials(design, seeds);
  return {
    arms,
    seeds,
    comparisons: compareArms(arms, estimatorOf(design)),
    sweeps: chooseStrengths(design.sweeps, arms),
    ...(stopping && { stopping }),
    ...(design.sizes && { sizes: design.sizes }),
    data,
    environment,
    recipe: design.recipe,
    interrupted: planned.some(({ index }) => !results.has(index)),
  };
}

/** The result of a stored study: of a finished one, what its last run returned. */
export function assembleStored({ record, seconds, stopping, trials }: StoredStudy): StudyResult {
  const { design, data, environment } = record;
  const seeds = [...new Set(trials.map(({ seed }) => seed))];
  const results = new Map(
    trials.flatMap(({ index, result }) => (result ? [[index, result] as const] : [])),
  );
  // A study that was killed has no end of its own.
  const ended = stopping ?? describeStopping(design, undefined);
  return assembleStudy({
    ...{ design, data, seeds, results, stopping: ended },
    environment: { ...environment, seconds },
  });
}
