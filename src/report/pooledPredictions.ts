/** @file What an arm's finished trials predicted on the test rows, put together over its seeds. */
import type { ReliabilityBin } from "../analysis/index.js";
import { mean } from "../stats/index.js";
import type { ArmResult, Mistake, PredictionDiagnostics } from "../study/index.js";
import { finishedTrials } from "./metrics.js";

/** Of the finished trials whose outputs are probabilities of classes. */
export const predictionsOf = (arm: ArmResult): readonly PredictionDiagnostics[] =>
  finishedTrials(arm).flatMap(({ diagnostics }) => diagnostics?.predictions ?? []);

/** The bins of all seeds, each weighed by its rows; in ascending order. */
export function poolReliability(arm: ArmResult): readonly ReliabilityBin[] {
  const pooled = new Map<number, ReliabilityBin>();
  for (const bin of predictionsOf(arm).flatMap(({ reliability }) => reliability)) {
    const before = pooled.get(bin.from);
    if (before === undefined) {
      pooled.set(bin.from, bin);
      continue;
    }
    const rows = before.rows + bin.rows;
    const blend = (a: number, b: number): number => (a * before.rows + b * bin.rows) / rows;
    pooled.set(bin.from, {
      ...bin,
      rows,
      accuracy: blend(before.accuracy, bin.accuracy),
      confidence: blend(before.confidence, bin.confidence),
    });
  }
  return [...pooled.values()].sort((a, b) => a.from - b.from);
}

/** Summed over seeds, as `confusionMatrix` has it: labels down, predictions across. */
export interface PooledConfusion {
  readonly classes: number;
  readonly counts: Int32Array;
  readonly seeds: number;
}

/** Undefined for an arm without predicted classes. */
export function poolConfusion(arm: ArmResult): PooledConfusion | undefined {
  const all = predictionsOf(arm);
  if (all.length === 0) return undefined;
  const counts = new Int32Array(all[0].confusion.length);
  for (const { confusion } of all) confusion.forEach((rows, cell) => (counts[cell] += rows));
  return { classes: all[0].classes, counts, seeds: all.length };
}

/** A test row that trials were surely wrong about. */
export interface PooledMistake extends Mistake {
  /** In how many seeds this row is among the most certain mistakes. */
  readonly seeds: number;
}

/** Rows that most seeds get wrong first, then by their mean probability of the wrong class. */
export function poolMistakes(arm: ArmResult): readonly PooledMistake[] {
  const groups = new Map<string, Mistake[]>();
  for (const mistake of predictionsOf(arm).flatMap(({ mistakes }) => mistakes)) {
    const key = `${mistake.row} ${mistake.predicted}`;
    groups.set(key, [...(groups.get(key) ?? []), mistake]);
  }
  return [...groups.values()]
    .map((group) => ({
      ...group[0],
      probability: mean(group.map(({ probability }) => probability)),
      seeds: group.length,
    }))
    .sort((a, b) => b.seeds - a.seeds || b.probability - a.probability || a.row - b.row);
}

/** Height and width of a test row, if rows are images of one channel. */
export function imageSize(arm: ArmResult): readonly [number, number] | undefined {
  const shape = predictionsOf(arm).at(0)?.rowShape;
  return shape?.length === 2 ? [shape[0], shape[1]] : undefined;
}
