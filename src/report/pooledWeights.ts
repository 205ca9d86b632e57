/** @file The weights of an arm's finished trials, put together over its seeds. */
import type { ArmResult, WeightDiagnostics } from "../study/index.js";
import { finishedTrials } from "./metrics.js";
import { spread, type Spread } from "./summary.js";

export const weightsOf = (arm: ArmResult): readonly WeightDiagnostics[] =>
  finishedTrials(arm).flatMap(({ diagnostics }) => diagnostics?.weights ?? []);

/** Means over seeds; shares in [0, 1]. */
export interface WeightSummary {
  readonly weights: number;
  readonly exactZeros: Spread;
  readonly liveZeroShare: Spread;
  readonly nearZeroShare: Spread;
  readonly norm: Spread;
  readonly deadUnits: Spread;
  readonly hiddenUnits: number;
}

/** Of the weights that an input reached, the share that is exactly 0. */
export const liveZeroShare = ({ liveZeros, liveWeights }: WeightDiagnostics): number =>
  liveWeights === 0 ? 0 : liveZeros / liveWeights;

/** Undefined for an arm without finished trials. */
export function summarizeWeights(arm: ArmResult): WeightSummary | undefined {
  const all = weightsOf(arm);
  if (all.length === 0) return undefined;
  const over = (read: (one: WeightDiagnostics) => number): Spread => spread(all.map(read));
  return {
    weights: all[0].weights,
    exactZeros: over(({ exactZeros }) => exactZeros),
    liveZeroShare: over(liveZeroShare),
    nearZeroShare: over(({ nearZeros, exactZeros, weights }) => (nearZeros - exactZeros) / weights),
    norm: over(({ norm }) => norm),
    deadUnits: over(({ deadUnits }) => deadUnits),
    hiddenUnits: all[0].hiddenUnits,
  };
}

/** The largest reach of all arms: histograms over it can be compared by eye. */
export const commonReach = (arms: readonly ArmResult[]): number =>
  Math.max(...arms.flatMap((arm) => weightsOf(arm).map(({ histogram }) => histogram.reach)));

export interface WeightBin {
  readonly from: number;
  readonly to: number;
  /** Mean over seeds, without the weights that are exactly 0. */
  readonly count: number;
}

export interface PooledHistogram {
  readonly bins: readonly WeightBin[];
  /** Mean over seeds. */
  readonly exactZeros: number;
}

/**
 * The mean of the seeds' histograms over [-reach, reach]. Each seed's reach divides the common one by a
 * power of 2, so that its bins nest in the common ones and none is split.
 */
export function poolHistogram(arm: ArmResult, reach: number): PooledHistogram {
  const all = weightsOf(arm);
  const bins = all[0].histogram.counts.length;
  const sums = Array.from({ length: bins }, () => 0);
  for (const { histogram, exactZeros } of all) {
    histogram.counts.forEach((count, i) => {
      const middle = histogram.reach * ((2 * i + 1) / bins - 1);
      sums[Math.floor(((middle / reach + 1) / 2) * bins)] += count;
    });
    // Exact zeros are in the bin that begins at 0.
    sums[bins / 2] -= exactZeros;
  }
  const edge = (i: number): number => reach * ((2 * i) / bins - 1);
  return {
    bins: sums.map((sum, i) => ({ from: edge(i), to: edge(i + 1), count: sum / all.length })),
    exactZeros: all.reduce((sum, { exactZeros }) => sum + exactZeros, 0) / all.length,
  };
}
