/** @file Inference: scores and predictions of any number of rows, batch by batch. */
import { sizeOf, variable, type DType, type Tensor } from "../graph/index.js";
import type { Engine, Program, Values } from "../runtime/index.js";
import { countActive } from "./activity.js";
import { countRows, type FeatureRows, type LabelledRows } from "./data.js";
import type { Scores } from "./history.js";
import type { MetricName } from "./metrics/list.js";
import { readRows, type Network } from "./network.js";
import type { Pace } from "./pace.js";
import { nameScores, scoreRows, sumFirst, type Measures } from "./scoring.js";

/** A network without noise on one engine. It reads the weights that the engine holds. */
export interface Inference {
  /** Mean loss and metrics. */
  readonly score: <M extends MetricName>(
    rows: LabelledRows,
    measures: Measures<M>,
    pace: Pace,
  ) => Promise<Scores<M>>;
  /** The network's output, row-major: [rows, ...outputShape]. */
  readonly predict: (rows: FeatureRows, pace: Pace) => Promise<Float32Array>;
  /**
   * Of the network's input and of what each layer gives, in order: for each unit, an element of the
   * last axis, at how many rows, and places in them, it is not 0.
   */
  readonly activity: (rows: FeatureRows, pace: Pace) => Promise<readonly Float64Array[]>;
  /** The penalty of each weight, in order; undefined where there is none. */
  readonly penalties: () => Promise<readonly (number | undefined)[]>;
}

/** The most rows of a batch: enough for matrix products to run at full speed. */
const LARGEST_BATCH = 256;

/** A power of two, so that calls with few rows are quick and need few programs. */
function batchSizeFor(rows: number): number {
  return Math.min(LARGEST_BATCH, 2 ** Math.ceil(Math.log2(rows)));
}

/** Places for a batch of rows, and what the network makes of them. */
function createBatch(network: Network, dtype: DType, size: number) {
  const width = sizeOf(network.inputShape);
  const features = variable({ name: "batch/features", shape: [size, width], dtype });
  const scale = variable({ name: "batch/scale", shape: [] });
  const labels = variable({ name: "batch/labels", shape: [size], dtype: "int32" });
  const count = variable({ name: "batch/count", shape: [], dtype: "int32" });
  const input = readRows(network, features, scale);
  const prediction = network.apply(input, {});
  return { size, width, features, scale, labels, count, input, prediction };
}

type Batch = ReturnType<typeof createBatch>;

/** `length` values from `start` on, filled up with zeros after the last. */
function block(
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

interface BatchProgram {
  readonly batch: Batch;
  readonly outputs: readonly Tensor[];
  readonly program: Program;
}

/** Runs a program over all rows and hands the outputs of each batch to `collect`. */
async function forEachBatch(
  engine: Engine,
  { rows, labels, pace }: { rows: FeatureRows; labels?: Int32Array; pace: Pace },
  { batch, outputs, program }: BatchProgram,
  collect: (values: readonly Values[], start: number) => void,
): Promise<void> {
  const total = countRows(rows);
  const { size, width } = batch;
  for (let start = 0; start < total; start += size) {
    // Written anew for each batch: another call may have had its turn during a rest.
    engine.write(batch.scale, [rows.scale]);
    engine.write(batch.features, block(rows.features, start * width, size * width));
    engine.write(batch.count, [Math.min(size, total - start)]);
    if (labels) engine.write(batch.labels, block(labels, start, size));
    program.run();
    collect(
      outputs.map((output) => program.read(output)),
      start,
    );
    if (pace.due()) await pace.rest();
  }
}

/** Prepares inference; programs are compiled when first needed. */
export function createInference(engine: Engine, network: Network): Inference {
  const programs = new Map<string, Promise<BatchProgram>>();
  const programFor = (
    name: string,
    { features }: FeatureRows,
    outputsOf: (batch: Batch) => readonly Tensor[],
    rows: number,
  ): Promise<BatchProgram> => {
    const dtype = features instanceof Uint8Array ? "uint8" : "float32";
    const size = batchSizeFor(rows);
    const key = `${name} ${dtype} ${size}`;
    const compile = async (): Promise<BatchProgram> => {
      const batch = createBatch(network, dtype, size);
      const outputs = outputsOf(batch);
      return { batch, outputs, program: await engine.compile({ name, outputs }) };
    };
    const known = programs.get(key) ?? compile();
    programs.set(key, known);
    return known;
  };
  return {
    score: async (rows, measures, pace) => {
      const total = countRows(rows);
      const name = `evaluate ${measures.loss} ${measures.metrics.join(" ")}`;
      const outputsOf = ({ prediction, labels, count }: Batch): readonly Tensor[] =>
        scoreRows(measures, prediction, labels).map((scores) => sumFirst(scores, count));
      const program = await programFor(name, rows, outputsOf, total);
      const sums = program.outputs.map(() => 0);
      await forEachBatch(engine, { rows, labels: rows.labels, pace }, program, (values) =>
        values.forEach(([value], i) => (sums[i] += value)),
      );
      return nameScores(measures, sums, total);
    },
    predict: async (rows, pace) => {
      const total = countRows(rows);
      const width = sizeOf(network.outputShape);
      const program = await programFor("predict", rows, (b) => [b.prediction.output], total);
      const result = new Float32Array(total * width);
      await forEachBatch(engine, { rows, pace }, program, ([values], start) => {
        const part = Float32Array.from(values).subarray(0, (total - start) * width);
        result.set(part, start * width);
      });
      return result;
    },
    activity: async (rows, pace) => {
      const outputsOf = ({ input, prediction, count }: Batch): readonly Tensor[] =>
        [input, ...prediction.outputs].map((x) => countActive(x, count));
      const program = await programFor("activity", rows, outputsOf, countRows(rows));
      const sums = program.outputs.map(({ shape }) => new Float64Array(sizeOf(shape)));
      await forEachBatch(engine, { rows, pace }, program, (values) => {
        values.forEach((counts, i) => {
          for (let unit = 0; unit < counts.length; unit++) sums[i][unit] += counts[unit];
        });
      });
      return sums;
    },
    penalties: async () => {
      const penalties = network.weights.map(({ variable, regularizer }) =>
        regularizer?.penalty(variable),
      );
      const outputs = penalties.filter((penalty) => penalty !== undefined);
      if (outputs.length === 0) return penalties.map(() => undefined);
      const program = await engine.compile({ name: "penalties", outputs });
      program.run();
      return penalties.map((penalty) => penalty && program.read(penalty)[0]);
    },
  };
}
