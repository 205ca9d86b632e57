/** @file What a finished trial shows beside its scores: calibration, confusions, mistakes, weights. */
import {
  areProbabilities,
  brierScore,
  calibration,
  confusionMatrix,
  negativeLogLikelihood,
  predictedClasses,
  type ReliabilityBin,
} from "../analysis/index.js";
import type { Dataset, LabelledDataset } from "../data/index.js";
import { describeWeights, type WeightDiagnostics, type WeightsSeen } from "./weightDiagnostics.js";

/** A test row that was predicted wrongly. */
export interface Mistake {
  readonly row: number;
  readonly label: number;
  readonly predicted: number;
  /** That of the wrong class. */
  readonly probability: number;
  /** The row's bytes in base64, if rows are greyscale images of bytes: [height, width]. */
  readonly pixels?: string;
}

/** Of the probabilities that the test rows were predicted with. */
export interface PredictionDiagnostics {
  readonly classes: number;
  /** Of the predicted class, 15 bins as Guo et al. have them; empty bins are left out. */
  readonly reliability: readonly ReliabilityBin[];
  readonly expectedCalibrationError: number;
  readonly brierScore: number;
  /** Without any clipping; null where a label has probability 0. */
  readonly negativeLogLikelihood: number | null;
  /** [classes, classes], row after row: labels down, predictions across. */
  readonly confusion: readonly number[];
  /** The wrong rows of the highest probabilities, most certain first. */
  readonly mistakes: readonly Mistake[];
  /** The shape of one test row; of an image [height, width]. */
  readonly rowShape: readonly number[];
}

/** All of it is about what the test set was evaluated with. Plain data. */
export interface TrialDiagnostics {
  /** Absent where the outputs are no probabilities of classes. */
  readonly predictions?: PredictionDiagnostics;
  readonly weights: WeightDiagnostics;
}

/** So many mistakes are kept of each trial. */
const MOST_MISTAKES = 12;

function pixelsOf({ features, featureShape }: LabelledDataset, row: number): string | undefined {
  if (featureShape.length !== 2 || !(features instanceof Uint8Array)) return undefined;
  const size = featureShape[0] * featureShape[1];
  return btoa(String.fromCharCode(...features.subarray(row * size, (row + 1) * size)));
}

function findMistakes(
  test: LabelledDataset,
  probabilities: Float32Array,
  predicted: Int32Array,
): readonly Mistake[] {
  const wrong = Array.from(predicted.keys()).filter((row) => predicted[row] !== test.labels[row]);
  const certainty = (row: number): number => probabilities[row * test.classes + predicted[row]];
  return wrong
    .sort((a, b) => certainty(b) - certainty(a) || a - b)
    .slice(0, MOST_MISTAKES)
    .map((row) => {
      const pixels = pixelsOf(test, row);
      return {
        row,
        label: test.labels[row],
        predicted: predicted[row],
        probability: certainty(row),
        ...(pixels !== undefined && { pixels }),
      };
    });
}

/** @param probabilities - [rows, classes] */
function describePredictions(
  test: LabelledDataset,
  probabilities: Float32Array,
): PredictionDiagnostics {
  const { labels, classes, featureShape } = test;
  const rows = { probabilities, labels, classes };
  const { bins, expectedError } = calibration(rows);
  const predicted = predictedClasses(probabilities, classes);
  const logits = probabilities.map(Math.log);
  const likelihood = negativeLogLikelihood({ logits, labels, classes });
  return {
    classes,
    reliability: bins.filter((bin) => bin.rows > 0),
    expectedCalibrationError: expectedError,
    brierScore: brierScore(rows),
    negativeLogLikelihood: Number.isFinite(likelihood) ? likelihood : null,
    confusion: Array.from(confusionMatrix(predicted, { labels, classes }).counts),
    mistakes: findMistakes(test, probabilities, predicted),
    rowShape: featureShape,
  };
}

/**
 * @param outputs - what was predicted for the test rows, of whatever kind
 * @param weights - of the network, or of each member of an ensemble
 */
export function describeTrial(
  test: Dataset,
  outputs: Float32Array,
  weights: readonly WeightsSeen[],
): TrialDiagnostics {
  const isClassifier = "labels" in test && areProbabilities({ ...test, probabilities: outputs });
  return {
    ...(isClassifier && { predictions: describePredictions(test, outputs) }),
    weights: describeWeights(weights),
  };
}
