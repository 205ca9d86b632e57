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

/** Rows with the class of each, in [0, classes). */
export interface LabelledRows extends FeatureRows {
  readonly labels: Int32Array;
  readonly classes: number;
}

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

function checkLabels(who: string, labels: Int32Array, classes: number): void {
  const row = labels.findIndex((label) => label < 0 || label >= classes);
  if (row < 0) return;
  throw new UsageError(
    `${who}: labels must be class numbers from 0 to ${classes - 1}; got ${labels[row]} in row ${row} (from 0).`,
  );
}

/** Throws unless features and labels fit each other and the network. */
export function checkLabelled(who: string, rows: LabelledRows, network: Network): void {
  checkFeatures(who, rows, network);
  const { labels, classes } = rows;
  const count = countRows(rows);
  if (labels.length !== count) {
    throw new UsageError(
      `${who}: each row must have one label; got ${labels.length} labels for ${count} rows.`,
    );
  }
  const outputs = sizeOf(network.outputShape);
  if (outputs !== classes) {
    throw new UsageError(
      `${who}: the last layer must have one unit for each of the ${classes} classes; got ${outputs} units.`,
    );
  }
  checkLabels(who, labels, classes);
}
