/** @file The plain data of a data set: features, and labels or numbers as targets. */

interface FeatureFields {
  readonly name: string;
  /** Row-major, without padding: row r starts at r * product(featureShape). */
  readonly features: Uint8Array | Float32Array;
  /** The shape of one row: [28, 28] for an image, [4] for four numbers. */
  readonly featureShape: readonly number[];
  /** A feature's value for the network is its stored number times this: 1 / 255 for bytes of an image. */
  readonly scale: number;
  /** By how much each row counts in the loss, at least 0; as 1 by default. */
  readonly sampleWeights?: Float32Array;
}

/** Rows that have a class each. */
export interface LabelledFields extends FeatureFields {
  /** Class of each row, in [0, classes). */
  readonly labels: Int32Array;
  readonly classes: number;
}

/** Rows that have numbers: one-hot or soft classes, several labels at a time, measurements. */
export interface TargetFields extends FeatureFields {
  /** Row-major, without padding. */
  readonly targets: Float32Array;
  /** The shape of one row's targets: [10], or [1] for one number. */
  readonly targetShape: readonly number[];
}

/** The plain data of a data set; it can be sent to a worker, without a copy if its arrays are shared. */
export type DatasetFields = LabelledFields | TargetFields;
