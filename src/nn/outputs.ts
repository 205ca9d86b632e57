/** @file Scores of outputs that are given, such as the average of an ensemble's. */
import { ops, sizeOf, variable, type Tensor } from "../graph/index.js";
import type { Engine } from "../runtime/index.js";
import { UsageError } from "../util/index.js";
import { batchSizeFor, block, createJudge, writeTargets } from "./batches.js";
import { countRows, type SupervisedRows } from "./data.js";
import type { Scores } from "./history.js";
import type { Prediction } from "./losses/define.js";
import type { MetricChoice } from "./metrics/list.js";
import type { Network } from "./network.js";
import { allScores, meanScores, scoreRows, sumFirst, type Measures } from "./scoring.js";

/** The smallest normal float32: a probability below it counts as that, so that no loss is infinite. */
const SMALLEST = 2 ** -126;

const logOf = (x: Tensor): Tensor => ops.log(ops.maximum(x, SMALLEST));

/** Logits from which the same probabilities come, for losses that start from logits. */
function withLogits(output: Tensor, kind: Prediction["probability"]): Prediction {
  if (kind === undefined) return { output };
  const logits =
    kind === "softmax"
      ? logOf(output)
      : ops.subtract(logOf(output), logOf(ops.subtract(1, output)));
  return { output, logits, probability: kind };
}

/** What the network's last layer gives: probabilities of a kind, or other numbers. */
function probabilityOf(network: Network): Prediction["probability"] {
  const x = variable({ name: "x", shape: [1, ...network.inputShape] });
  return network.apply(x, {}).probability;
}

/**
 * Loss and metrics of outputs, as if the network had given them.
 *
 * @param outputs - row-major, [rows, ...outputShape]
 * @throws UsageError if there are not as many outputs as the rows need
 */
export async function scoreOutputs<M extends MetricChoice>(
  { engine, network }: { readonly engine: Engine; readonly network: Network },
  { outputs, rows }: { readonly outputs: Float32Array; readonly rows: SupervisedRows },
  measures: Measures,
): Promise<Scores<M>> {
  const total = countRows(rows);
  const width = sizeOf(network.outputShape);
  if (outputs.length !== total * width) {
    throw new UsageError(
      `evaluate: outputs must be ${total * width} numbers, ${width} for each of ${total} rows; got ${outputs.length}.`,
    );
  }
  const size = batchSizeFor(total);
  const given = variable({ name: "batch/outputs", shape: [size, ...network.outputShape] });
  const probability = probabilityOf(network);
  const prediction = withLogits(given, probability);
  const judge = createJudge(rows, size);
  const sampleWeights = rows.sampleWeights && judge.sampleWeights;
  const judged = { prediction, target: judge.target, sampleWeights };
  const sums = scoreRows(measures, judged).map((score) => sumFirst(score, judge.count));
  const program = await engine.compile({ name: "score outputs", outputs: sums });
  const totals = sums.map(() => 0);
  for (let start = 0; start < total; start += size) {
    engine.write(given, block(outputs, start * width, size * width));
    writeTargets(engine, { judge, rows }, { start, size });
    program.run();
    sums.forEach((sum, i) => (totals[i] += program.read(sum)[0]));
  }
  const set = { rows: total, width, outputs, truth: rows, ...(probability && { probability }) };
  return allScores<M>(measures, meanScores(measures, totals, total), set);
}
