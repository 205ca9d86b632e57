/** @file How a study with an adaptive number of seeds ended, and which seeds it has. */
import { listTrials } from "./design.js";
import type { StudyDesign } from "./plan.js";
import type { StoppingResult, TrialResult } from "./results.js";

/** What the result says of the end. */
export const describeStopping = (
  { until, seeds }: StudyDesign,
  reason: StoppingResult["reason"] | undefined,
): StoppingResult | undefined =>
  until && { ...until, pilot: seeds.length, reason: reason ?? "interrupted" };

/** Seeds that a budget kept from beginning are no part of the study. */
export function begunSeeds(
  design: StudyDesign,
  {
    seeds,
    results,
    stopping,
  }: {
    readonly seeds: readonly number[];
    readonly results: ReadonlyMap<number, TrialResult>;
    readonly stopping?: StoppingResult | undefined;
  },
): readonly number[] {
  if (stopping?.reason !== "budget spent") return seeds;
  const begun = new Set(
    listTrials(design, seeds)
      .filter(({ index }) => results.has(index))
      .map(({ seed }) => seed),
  );
  return seeds.filter((seed) => begun.has(seed));
}
