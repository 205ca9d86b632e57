/** @file Which seeds come next: those of the design, then as many as the width of the intervals wants. */
import { untilNarrow, type PairedValues } from "../stats/index.js";
import { listCells } from "./cells.js";
import type { StudyDesign } from "./plan.js";
import { trialMetrics, valuesBySeed } from "./metrics.js";
import type { ArmResult } from "./results.js";

/** A narrow width may ask for millions of seeds: they are planned in stretches, until a budget ends them. */
const STRETCH = 50;

export interface SeedPlan {
  /** How many seeds are wanted in all, as far as they are planned at once. */
  readonly wanted: number;
  /** Set if no more are. */
  readonly reason?: "narrow enough" | "budget spent" | "spread unknown";
}

/** By the accuracy on the test set; its spread alone decides, never which arm is ahead. */
const [accuracy] = trialMetrics;

/** Each arm beside the first of its size, on the seeds that both finished. */
function pairsOf(arms: readonly ArmResult[]): readonly PairedValues[] {
  return arms.flatMap((arm) => {
    const baseline = arms.find(({ trainRows }) => trainRows === arm.trainRows) ?? arm;
    if (arm === baseline) return [];
    const [values, others] = [arm, baseline].map(({ trials }) => valuesBySeed(accuracy, trials));
    const seeds = [...values.keys()].filter((seed) => others.has(seed)).sort((a, b) => a - b);
    return [
      {
        arm: seeds.flatMap((seed) => values.get(seed) ?? []),
        baseline: seeds.flatMap((seed) => others.get(seed) ?? []),
      },
    ];
  });
}

/**
 * How many seeds the study wants, when `done` of them are trained.
 *
 * Seeds of which a trial failed give no pair, and others take their place, up to twice as many seeds as the
 * width asks for: an arm that always fails must not be trained for ever.
 */
export function planSeeds(
  design: StudyDesign,
  { arms, done }: { readonly arms: readonly ArmResult[]; readonly done: number },
): SeedPlan {
  const { until, seeds } = design;
  if (until === undefined || done < seeds.length) return { wanted: seeds.length };
  const cells = listCells(design).length;
  const most = until.trials === undefined ? Infinity : Math.floor(until.trials / cells);
  const pairs = pairsOf(arms);
  const plan = untilNarrow(pairs, { halfWidth: until.halfWidth, pilot: seeds.length });
  if (plan.reason !== undefined) return { wanted: done, reason: plan.reason };
  const fewest = Math.min(...pairs.map(({ arm }) => arm.length));
  const missing = plan.wanted - fewest;
  const wanted = Math.min(most, done + missing, 2 * plan.wanted, done + STRETCH);
  return wanted > done ? { wanted } : { wanted: done, reason: "budget spent" };
}
