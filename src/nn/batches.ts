/** @file Rows on an engine, batch by batch: places for them, programs over them, and what comes out. */
import { sizeOf, variable, type DType, type Tensor, type Variable } from "../graph/index.js";
import type { Engine, Program, Values } from "../runtime/index.js";
import { countRows, type FeatureRows, type SupervisedRows } from "./data.js";
import { readRows, type Network } from "./network.js";
import type { Pace } from "./pace.js";
import { readTarget, targetValues, targetVariable, type Truth } from "./targets.js";

/** The most rows of a batch: enough for matrix products to run at full speed. */
const LARGEST_BATCH = 256;

/** A power of two, so that calls with few rows are quick and need few programs. */
export function batchSizeFor(rows: number): number {
  return Math.min(LARGEST_BATCH, 2 ** Math.ceil(Math.log2(rows)));
}

/**
 * Places for the features of a batch, and what the network makes of them.
 *
 * @param noiseSeed - if noise is to be on; each draw of it then has a number
 */
export function createBatch(network: Network, dtype: DType, size: number, noiseSeed?: number) {
  const width = sizeOf(network.inputShape);
  const draw = variable({ name: "batch/draw", shape: [], dtype: "int32" });
  const noise = noiseSeed !== undefined && { noise: { seed: noiseSeed, step: draw } };
  const features = variable({
    name: "batch/features",
    shape: [size, width],
    dtype,
    purpose: "data",
  });
  const scale = variable({ name: "batch/scale", shape: [] });
  const input = readRows(network, features, scale);
  const prediction = network.apply(input, { ...noise });
  return { size, width, features, scale, input, prediction, ...(noise && { draw }) };
}

/** Places for what the rows should give, for how much they count, and for how many they are. */
export function createJudge(truth: Truth, size: number) {
  const targets = targetVariable("batch/targets", truth, size);
  const sampleWeights = variable({ name: "batch/sampleWeights", shape: [size] });
  const count = variable({ name: "batch/count", shape: [], dtype: "int32" });
  return { targets, sampleWeights, count, target: readTarget(truth, targets) };
}

type Batch = ReturnType<typeof createBatch>;
type Judge = ReturnType<typeof createJudge>;

/** `length` values from `start` on, filled up with zeros after the last. */
export function block(
  values: Uint8Array | Float32Array | Int32Array,
  start: number,
  length: number,
): ArrayLike<number> {
  const part = values.subarray(start, start + length);
  if (part.length === length) return part;
  const padded = new Float64Array(length);
  padded.set(part);
  return padded;
}

export interface BatchProgram {
  readonly batch: Batch;
  readonly judge?: Judge;
  /** Holds how many rows of the batch are not padding; [], int32. */
  readonly count?: Variable;
  readonly outputs: readonly Tensor[];
  readonly program: Program;
}

/** Writes what a batch of rows should give. */
export function writeTargets(
  engine: Engine,
  { judge, rows }: { readonly judge: Judge; readonly rows: SupervisedRows },
  { start, size }: { readonly start: number; readonly size: number },
): void {
  const values = targetValues(rows);
  const total = countRows(rows);
  const width = values.length / total;
  engine.write(judge.targets, block(values, start * width, size * width));
  engine.write(judge.count, [Math.min(size, total - start)]);
  if (rows.sampleWeights) engine.write(judge.sampleWeights, block(rows.sampleWeights, start, size));
}

/** Runs a program over all rows, perhaps several times each, and hands each run's outputs to `collect`. */
export async function forEachBatch(
  engine: Engine,
  {
    rows,
    pace,
    samples = 1,
  }: { rows: FeatureRows | SupervisedRows; pace: Pace; samples?: number | undefined },
  { batch, judge, count, outputs, program }: BatchProgram,
  collect: (values: readonly Values[], start: number) => void,
): Promise<void> {
  const total = countRows(rows);
  const { size, width } = batch;
  let draw = 0;
  for (let start = 0; start < total; start += size) {
    // Written anew for each batch: another call may have had its turn during a rest.
    engine.write(batch.scale, [rows.scale]);
    engine.write(batch.features, block(rows.features, start * width, size * width));
    if (judge) writeTargets(engine, { judge, rows: rows as SupervisedRows }, { start, size });
    if (count) engine.write(count, [Math.min(size, total - start)]);
    for (let sample = 0; sample < samples; sample++) {
      if (batch.draw) engine.write(batch.draw, [draw++]);
      program.run();
      collect(
        outputs.map((output) => program.read(output)),
        start,
      );
    }
    if (pace.due()) await pace.rest();
  }
}

/** Gathers the network's output batch by batch. */
export function createCollector(rows: number, width: number) {
  const outputs = new Float32Array(rows * width);
  const add = (values: Values, start: number): void =>
    outputs.set(Float32Array.from(values).subarray(0, (rows - start) * width), start * width);
  return { outputs, add };
}

/** Averages several outputs of each batch, in float64. */
export function createAverage(rows: number, width: number, samples: number) {
  const sums = new Float64Array(rows * width);
  const add = (values: Values, start: number): void => {
    const end = Math.min(sums.length, start * width + values.length);
    for (let i = start * width; i < end; i++) sums[i] += values[i - start * width];
  };
  return { add, mean: () => Float32Array.from(sums, (sum) => sum / samples) };
}
