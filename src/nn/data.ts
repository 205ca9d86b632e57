/** @file The rows that a model trains on, and the checks that they and a network fit together. */
import { sizeOf, type Shape } from "../graph/index.js";
import { UsageError } from "../util/index.js";
import { checkIndices } from "./indices.js";
import { acceptsRows, type Network } from "./network.js";

/** Rows without labels. A feature's value for the network is its stored number times `scale`. */
export interface FeatureRows {
  /** Row-major, without padding. */
  readonly features: Uint8Array | Float32Array;
  /** The shape of one row: [28, 28] for an image, [4] for four numbers. */
  readonly featureShape: Shape;
  readonly scale: number;
}

interface WeightedRows extends FeatureRows {
  /** By how much each row counts in the loss, at least 0; as 1 by default. */
  readonly sampleWeights?: Float32Array;
}

/** Rows with the class of each, in [0, classes). */
export interface LabelledRows extends WeightedRows {
  readonly labels: Int32Array;
  readonly classes: number;
}

/** Rows with numbers that the network should give: one-hot or soft classes, several labels, measurements. */
export interface TargetRows extends WeightedRows {
  /** Row-major, without padding. */
  readonly targets: Float32Array;
  /** The shape of one row's targets, which is that of the network's output: [10], [1]. */
  readonly targetShape: Shape;
}

/** Rows to train on or to be judged by. */
export type SupervisedRows = LabelledRows | TargetRows;

/** Number of rows. */
export function countRows({ features, featureShape }: FeatureRows): number {
  return features.length / sizeOf(featureShape);
}

function checkFinite(who: string, { features, featureShape, scale }: FeatureRows): void {
  if (!Number.isFinite(scale)) {
    throw new UsageError(`${who}: scale must be a finite number; got ${scale}.`);
  }
  if (features instanceof Uint8Array) return;
  const index = features.findIndex((value) => !Number.isFinite(value));
  if (index < 0) return;
  const size = sizeOf(featureShape);
  throw new UsageError(
    `${who}: features must be finite numbers; got ${features[index]} in row ${Math.floor(index / size)}, ` +
      `feature ${index % size} (both from 0). Fill or drop such values first.`,
  );
}

/**
 * Throws unless the features can be given to the network.
 *
 * @param who - subject of the sentence: "fit", "fit, validation"
 */
export function checkFeatures(who: string, rows: FeatureRows, network: Network): void {
  const { features, featureShape } = rows;
  if (!acceptsRows(network, featureShape)) {
    throw new UsageError(
      `${who}: rows must have the shape [${network.inputShape.join(", ")}]; got [${featureShape.join(", ")}].`,
    );
  }
  const count = countRows(rows);
  if (count === 0) throw new UsageError(`${who}: there must be at least one row; got 0.`);
  if (!Number.isInteger(count)) {
    throw new UsageError(
      `${who}: features must hold whole rows of ${sizeOf(featureShape)} numbers; got ${features.length} numbers.`,
    );
  }
  checkFinite(who, rows);
  checkIndices(who, rows, network);
}
