/** @file Inference: scores and predictions of any number of rows, batch by batch. */
import { sizeOf, variable, type DType, type Tensor } from "../graph/index.js";
import type { Engine, Program, Values } from "../runtime/index.js";
import { countRows, type FeatureRows, type SupervisedRows } from "./data.js";
import type { Scores } from "./history.js";
import type { MetricChoice } from "./metrics/list.js";
import { readRows, type Network } from "./network.js";
import type { Pace } from "./pace.js";
import { allScores, meanScores, scoreRows, sumFirst, type Measures } from "./scoring.js";
import { readTarget, targetKey, targetValues, targetVariable, type Truth } from "./targets.js";

/** A network without noise on one engine. It reads the weights that the engine holds. */
export interface Inference {
  /** Mean loss and metrics. */
  readonly score: <M extends MetricChoice>(
    rows: SupervisedRows,
    measures: Measures,
    pace: Pace,
  ) => Promise<Scores<M>>;
  /** The network's output, row-major: [rows, ...outputShape]. */
  readonly predict: (rows: FeatureRows, pace: Pace) => Promise<Float32Array>;
}

/** The most rows of a batch: enough for matrix products to run at full speed. */
const LARGEST_BATCH = 256;

/** A power of two, so that calls with few rows are quick and need few programs. */
function batchSizeFor(rows: number): number {
  return Math.min(LARGEST_BATCH, 2 ** Math.ceil(Math.log2(rows)));
}

/** Places for the features of a batch, and what the network makes of them. */
function createBatch(network: Network, dtype: DType, size: number) {
  const width = sizeOf(network.inputShape);
  const features = variable({ name: "batch/features", shape: [size, width], dtype });
  const scale = variable({ name: "batch/scale", shape: [] });
  const prediction = network.apply(readRows(network, features, scale), {});
  return { size, width, features, scale, prediction };
}

/** Places for what the rows should give, for how much they count, and for how many they are. */
function createJudge(truth: Truth, size: number) {
  const targets = targetVariable("batch/targets", truth, size);
  const sampleWeights = variable({ name: "batch/sampleWeights", shape: [size] });
  const count = variable({ name: "batch/count", shape: [], dtype: "int32" });
  return { targets, sampleWeights, count, target: readTarget(truth, targets) };
}

type Batch = ReturnType<typeof createBatch>;
type Judge = ReturnType<typeof createJudge>;

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
  readonly judge?: Judge;
  readonly outputs: readonly Tensor[];
  readonly program: Program;
}

/** Writes what a batch of rows should give. */
function writeTargets(
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

/** Runs a program over all rows and hands the outputs of each batch to `collect`. */
async function forEachBatch(
  engine: Engine,
  { rows, pace }: { rows: FeatureRows | SupervisedRows; pace: Pace },
  { batch, judge, outputs, program }: BatchProgram,
  collect: (values: readonly Values[], start: number) => void,
): Promise<void> {
  const total = countRows(rows);
  const { size, width } = batch;
  for (let start = 0; start < total; start += size) {
    // Written anew for each batch: another call may have had its turn during a rest.
    engine.write(batch.scale, [rows.scale]);
    engine.write(batch.features, block(rows.features, start * width, size * width));
    if (judge) writeTargets(engine, { judge, rows: rows as SupervisedRows }, { start, size });
    program.run();
    collect(
      outputs.map((output) => program.read(output)),
      start,
    );
    if (pace.due()) await pace.rest();
  }
}

/** Gathers the network's output batch by batch. */
function createCollector(rows: number, width: number) {
  const outputs = new Float32Array(rows * width);
  const add = (values: Values, start: number): void =>
    outputs.set(Float32Array.from(values).subarray(0, (rows - start) * width), start * width);
  return { outputs, add };
}

type Compile = (engine: Engine, network: Network, size: number) => Promise<BatchProgram>;

const dtypeOf = ({ features }: FeatureRows): DType =>
  features instanceof Uint8Array ? "uint8" : "float32";

const compilePrediction =
  (rows: FeatureRows): Compile =>
  async (engine, network, size) => {
    const batch = createBatch(network, dtypeOf(rows), size);
    const outputs = [batch.prediction.output];
    return { batch, outputs, program: await engine.compile({ name: "predict", outputs }) };
  };

/** Sums of loss and row metrics; then the network's output, if a metric of the whole set wants it. */
const compileScores =
  (rows: SupervisedRows, measures: Measures): Compile =>
  async (engine, network, size) => {
    const batch = createBatch(network, dtypeOf(rows), size);
    const judge = createJudge(rows, size);
    const { prediction } = batch;
    const sampleWeights = rows.sampleWeights && judge.sampleWeights;
    const scores = scoreRows(measures, { prediction, target: judge.target, sampleWeights });
    const sums = scores.map((score) => sumFirst(score, judge.count));
    const outputs = measures.metrics.ofSets.length > 0 ? [...sums, prediction.output] : sums;
    return { batch, judge, outputs, program: await engine.compile({ name: "evaluate", outputs }) };
  };

/** Equal for measures that one program can compute; custom functions are in no measure. */
function measuresKey({ loss, metrics: { ofRows, ofSets } }: Measures): string {
  const rowMetrics = ofRows.map(({ definition, values }) => [definition.kind, values]);
  return JSON.stringify([loss, rowMetrics, ofSets.length > 0]);
}

/** Prepares inference; programs are compiled when first needed. */
export function createInference(engine: Engine, network: Network): Inference {
  const programs = new Map<string, Promise<BatchProgram>>();
  const programFor = (name: string, rows: FeatureRows, compile: Compile): Promise<BatchProgram> => {
    const size = batchSizeFor(countRows(rows));
    const key = `${name} ${dtypeOf(rows)} ${size}`;
    const known = programs.get(key) ?? compile(engine, network, size);
    programs.set(key, known);
    return known;
  };
  const width = sizeOf(network.outputShape);
  return {
    score: async <M extends MetricChoice>(rows: SupervisedRows, measures: Measures, pace: Pace) => {
      const total = countRows(rows);
      const weighted = rows.sampleWeights ? "weighted" : "plain";
      const key = `evaluate ${weighted} ${targetKey(rows)} ${measuresKey(measures)}`;
      const program = await programFor(key, rows, compileScores(rows, measures));
      const sums = new Array<number>(1 + measures.metrics.ofRows.length).fill(0);
      const needsSet = measures.metrics.ofSets.length > 0;
      const collector = needsSet ? createCollector(total, width) : undefined;
      await forEachBatch(engine, { rows, pace }, program, (values, start) => {
        sums.forEach((sum, i) => (sums[i] = sum + values[i][0]));
        collector?.add(values[sums.length], start);
      });
      const { probability } = program.batch.prediction;
      const set = collector && {
        rows: total,
        width,
        outputs: collector.outputs,
        truth: rows,
        ...(probability && { probability }),
      };
      return allScores<M>(measures, meanScores(measures, sums, total), set);
    },
    predict: async (rows, pace) => {
      const program = await programFor("predict", rows, compilePrediction(rows));
      const { outputs, add } = createCollector(countRows(rows), width);
      await forEachBatch(engine, { rows, pace }, program, ([values], start) => add(values, start));
      return outputs;
    },
  };
}
