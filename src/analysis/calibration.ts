/** @file Whether confidence is deserved: reliability table and expected calibration error. */
import { checkParameters, choice, integer } from "../util/index.js";
import { argmax, checkProbabilities, type ClassProbabilities } from "./rows.js";

export interface BinOptions {
  /** How many bins, at least 1; default 15, as Guo et al. */
  readonly bins?: number;
  /**
   * `right`: bin m is (m / bins, (m + 1) / bins], Guo et al.'s convention and the default; `left`:
   * [m / bins, (m + 1) / bins), the last with its end; `mass`: equally many rows in each, by ascending
   * confidence.
   */
  readonly edges?: "right" | "left" | "mass";
}

/** One row of a reliability table. */
export interface ReliabilityBin {
  /** Confidence at which the bin begins and ends; for equal mass, of its first and last row. */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  /** Share of the rows that are predicted right; NaN for an empty bin. */
  readonly accuracy: number;
  /** Mean probability of the predicted class; NaN for an empty bin. */
  readonly confidence: number;
}

export interface Calibration {
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error, `sum(rows / n |accuracy - confidence|)`, in [0, 1]. */
  readonly expectedError: number;
  /** The largest `|accuracy - confidence|` of a bin. */
  readonly maximumError: number;
}

const PARAMETERS = {
  bins: integer({ min: 1, max: 10_000, default: 15 }),
  edges: choice({ choices: ["right", "left", "mass"], default: "right" }),
};

/** A predicted row: the probability of its most probable class, and whether that is the label. */
interface Prediction {
  readonly confidence: number;
  readonly right: boolean;
}

function predictionsOf({ probabilities, labels, classes }: ClassProbabilities): Prediction[] {
  return Array.from(labels, (label, row) => {
    const predicted = argmax(probabilities, { row, classes });
    return { confidence: probabilities[row * classes + predicted], right: predicted === label };
  });
}

function summarize(rows: readonly Prediction[], [from, to]: readonly [number, number]) {
  const count = rows.length;
  const right = rows.filter((row) => row.right).length;
  const confidence = rows.reduce((sum, row) => sum + row.confidence, 0) / count;
  return { from, to, rows: count, accuracy: right / count, confidence };
}

/**
 * Number of the equally wide bin. NOTE: multiplying the confidence by the number of bins rounds, and may
 * land on the other side of an edge than comparing with the edge m / bins does.
 */
function widthBin(confidence: number, { bins, edges }: { bins: number; edges: string }): number {
  const beyond = (edge: number): boolean =>
    edges === "left" ? confidence >= edge : confidence > edge;
  let bin = Math.min(bins - 1, Math.floor(confidence * bins));
  while (bin > 0 && !beyond(bin / bins)) bin--;
  while (bin < bins - 1 && beyond((bin + 1) / bins)) bin++;
  return bin;
}

function binsOfWidth(
  predictions: readonly Prediction[],
  options: { bins: number; edges: string },
): ReliabilityBin[] {
  const members = Array.from({ length: options.bins }, (): Prediction[] => []);
  for (const prediction of predictions) {
    members[widthBin(prediction.confidence, options)].push(prediction);
  }
  return members.map((rows, bin) =>
    summarize(rows, [bin / options.bins, (bin + 1) / options.bins]),
  );
}

/** As NumPy's `array_split`: the first `n mod bins` bins hold one row more. */
function binsOfMass(predictions: readonly Prediction[], bins: number): ReliabilityBin[] {
  const sorted = [...predictions].sort((a, b) => a.confidence - b.confidence);
  const size = Math.floor(sorted.length / bins);
  const larger = sorted.length % bins;
  return Array.from({ length: bins }, (_, bin) => {
    const start = bin * size + Math.min(bin, larger);
    const rows = sorted.slice(start, start + size + (bin < larger ? 1 : 0));
    return summarize(rows, [rows.at(0)?.confidence ?? NaN, rows.at(-1)?.confidence ?? NaN]);
  });
}

/**
 * Reliability of the predicted class: rows are binned by confidence, the probability of the predicted
 * class, and each bin's accuracy is held against its mean confidence.
 *
 * The expected calibration error (ECE) is 0 for a model that is right on 80 % of the rows about which
 * it says 80 %. It is biased upward, most so with few rows, and depends on the bins: compare only
 * equal numbers of rows and bins, and print negative log-likelihood and Brier score beside it, which
 * need no bins. Of equal probabilities the lowest class is predicted. Rows of equal confidence keep their
 * order when bins have equal mass.
 *
 * @param rows - probabilities [rows, classes], labels [rows]
 * @param options - `bins`, default 15; `edges`, default "right"
 * @throws UsageError if shapes do not fit, a row is not a probability distribution, or an option is out of
 * range.
 * @see Guo, Pleiss, Sun and Weinberger, On calibration of modern neural networks, ICML 2017
 */
export function calibration(rows: ClassProbabilities, options: BinOptions = {}): Calibration {
  checkProbabilities("calibration", rows);
  const { bins: count, edges } = checkParameters("calibration", PARAMETERS, { ...options });
  const predictions = predictionsOf(rows);
  const bins =
    edges === "mass"
      ? binsOfMass(predictions, count)
      : binsOfWidth(predictions, { bins: count, edges });
  const filled = bins.filter((bin) => bin.rows > 0);
  const gap = (bin: ReliabilityBin): number => Math.abs(bin.accuracy - bin.confidence);
  return {
    bins,
    expectedError: filled.reduce((sum, bin) => sum + bin.rows * gap(bin), 0) / predictions.length,
    maximumError: filled.reduce((most, bin) => Math.max(most, gap(bin)), 0),
  };
}
