/** @file Inference: scores and predictions of any number of rows, batch by batch. */
import { sizeOf, variable, type DType } from "../graph/index.js";
import type { Engine } from "../runtime/index.js";
import {
  batchSizeFor,
  createAverage,
  createBatch,
  createCollector,
  createJudge,
  forEachBatch,
  type BatchProgram,
} from "./batches.js";
import { countActive } from "./activity.js";
import { countRows, type FeatureRows, type SupervisedRows } from "./data.js";
import type { Scores } from "./history.js";
import type { MetricChoice } from "./metrics/list.js";
import type { Network } from "./network.js";
import type { Pace } from "./pace.js";
import { allScores, meanScores, scoreRows, sumFirst, type Measures } from "./scoring.js";
import { targetKey } from "./targets.js";

/** A network without noise on one engine. It reads the weights that the engine holds. */
export interface Inference {
  /** Mean loss and metrics. */
  readonly score: <M extends MetricChoice>(
    rows: SupervisedRows,
    measures: Measures,
    pace: Pace,
  ) => Promise<Scores<M>>;
  /**
   * The network's output, row-major: [rows, ...outputShape]; with sampling, the mean of so many outputs
   * with noise.
   */
  readonly predict: (rows: FeatureRows, pace: Pace, sampling?: Sampling) => Promise<Float32Array>;
  /**
   * Of the network's input and of what each layer gives, in order: for each unit, an element of the
   * last axis, at how many rows, and places in them, it is not 0.
   */
  readonly activity: (rows: FeatureRows, pace: Pace) => Promise<readonly Float64Array[]>;
  /** The penalty of each weight, in order; undefined where there is none. */
  readonly penalties: () => Promise<readonly (number | undefined)[]>;
}

/** Predictions with the network's noise on, such as those of dropout. */
export interface Sampling {
  /** How many to average. */
  readonly samples: number;
  readonly seed: number;
}

type Compile = (engine: Engine, network: Network, size: number) => Promise<BatchProgram>;

const dtypeOf = ({ features }: FeatureRows): DType =>
  features instanceof Uint8Array ? "uint8" : "float32";

const compilePrediction =
  (rows: FeatureRows, noiseSeed?: number): Compile =>
  async (engine, network, size) => {
    const batch = createBatch(network, dtypeOf(rows), size, noiseSeed);
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

/** For the network's input and each layer, how often each unit is active. */
const compileActivity =
  (rows: FeatureRows): Compile =>
  async (engine, network, size) => {
    const batch = createBatch(network, dtypeOf(rows), size);
    const count = variable({ name: "batch/count", shape: [], dtype: "int32" });
    const layers = [batch.input, ...batch.prediction.outputs];
    const outputs = layers.map((x) => countActive(x, count));
    return { batch, count, outputs, program: await engine.compile({ name: "activity", outputs }) };
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
    predict: async (rows, pace, sampling) => {
      const total = countRows(rows);
      if (sampling) {
        const { samples, seed } = sampling;
        const program = await programFor(`sample ${seed}`, rows, compilePrediction(rows, seed));
        const { add, mean } = createAverage(total, width, samples);
        await forEachBatch(engine, { rows, pace, samples }, program, ([values], start) =>
          add(values, start),
        );
        return mean();
      }
      const program = await programFor("predict", rows, compilePrediction(rows));
      const { outputs, add } = createCollector(total, width);
      await forEachBatch(engine, { rows, pace }, program, ([values], start) => add(values, start));
      return outputs;
    },
    activity: async (rows, pace) => {
      const program = await programFor("activity", rows, compileActivity(rows));
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
