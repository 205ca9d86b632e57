/** @file The schema of a study's results: what the runner produces, the JSON file holds and the report reads. */

/** A mean data loss (never with a penalty or smoothing) and a share of rows classified rightly, in [0, 1]. */
export interface Scores {
  readonly loss: number;
  readonly accuracy: number;
}

/** One epoch of one trial. */
export interface EpochResult {
  /** 1 for the first. */
  readonly epoch: number;
  /** Averaged over the epoch's batches while noise is on and the weights move, as Keras prints it. */
  readonly running: Scores;
  /** All training rows in inference mode, with the weights of the end of the epoch. */
  readonly clean: Scores;
  readonly validation: Scores;
  /** Wall time of the epoch's training steps, without evaluation. */
  readonly seconds: number;
}

/** Why a trial ended before its last epoch. */
export interface TrialFailure {
  readonly epoch: number;
  /** The update, counted from 1 over the whole training, at which the loss stopped being finite. */
  readonly step: number;
  /** One sentence: what happened and the likely cause. */
  readonly message: string;
}

/** One training: one arm, one seed. */
export interface TrialResult {
  readonly seed: number;
  readonly epochs: readonly EpochResult[];
  /**
   * The test set, evaluated once, with the weights that the training ended with: see {@link finalEpoch};
   * absent if the trial failed.
   */
  readonly test?: Scores;
  /** The epoch (from 1) of the lowest validation loss; 0 if no epoch was finished. */
  readonly bestEpoch: number;
  /** The epoch (from 1) whose weights early stopping put back; absent without early stopping. */
  readonly restoredEpoch?: number;
  /** Wall time of the whole trial, with evaluations. */
  readonly seconds: number;
  readonly failure?: TrialFailure;
}

/** The epoch whose weights the training ended with: the last one, unless early stopping put others back. */
export const finalEpoch = ({
  epochs,
  restoredEpoch,
}: Pick<TrialResult, "epochs" | "restoredEpoch">): EpochResult | undefined =>
  epochs.at((restoredEpoch ?? epochs.length) - 1);

export interface ArmResult {
  /** As the user wrote it: "none", "dropout=0.5". */
  readonly name: string;
  readonly trials: readonly TrialResult[];
}

export type Verdict = "better" | "worse" | "no detectable difference" | "too few seeds to tell";

/** Paired differences of one metric between two arms: `arm - baseline`, seed by seed. */
export interface Comparison {
  readonly arm: string;
  readonly baseline: string;
  /** Which column of the table: "test accuracy", "validation loss", ... */
  readonly metric: string;
  /**
   * Mean of the paired differences, in the metric's own unit (accuracy as a share, not in percent);
   * null without a pair.
   */
  readonly difference: number | null;
  /** 95 % t interval of that mean; nulls where the spread is unknown, as with fewer than two pairs. */
  readonly interval: readonly [number | null, number | null];
  /** Seeds that finished in both arms. */
  readonly pairs: number;
  readonly verdict: Verdict;
  /** The verdict as a sentence for people. */
  readonly sentence: string;
}

export interface DataDescription {
  readonly name: string;
  readonly trainRows: number;
  readonly validationRows: number;
  readonly testRows: number;
  /** SHA-256 over features and labels of the pool and the test set, lower-case hexadecimal. */
  readonly hash: string;
}

/** Everything that a reader needs to trust or repeat the numbers. */
export interface Environment {
  readonly holdout: string;
  /** "node v20.20.2" or a browser's name. */
  readonly platform: string;
  readonly operatingSystem: string;
  readonly processor: string;
  readonly cores: number;
  /** The engine of every trial: "wasm, relaxed SIMD" or "blas, OpenBLAS 0.3.21 (Zen), relaxed SIMD". */
  readonly engine: string;
  readonly workers: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly seconds: number;
  /** The command that repeats the study. */
  readonly command: string;
}

/** A finished (or interrupted) study. `Recipe` is plain data; the report prints it as it is. */
export interface StudyResult {
  readonly arms: readonly ArmResult[];
  /** The seeds that every arm was to be trained with; an interrupted study may lack some trials. */
  readonly seeds: readonly number[];
  readonly comparisons: readonly Comparison[];
  readonly data: DataDescription;
  readonly environment: Environment;
  readonly recipe: unknown;
  /** True if the study was stopped before all its trials were done. */
  readonly interrupted: boolean;
}
