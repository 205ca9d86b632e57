/** @file The schema of a study's results: what the runner produces, the JSON file holds and the report reads. */
import type { Verdict } from "../stats/index.js";
import type { TrialDiagnostics } from "./diagnostics.js";
import type { SizeChoice, Sweep, UntilChoice } from "./plan.js";

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

/** What a trial's end predicts, on all three parts of the data, in inference mode. */
export interface FinalScores {
  readonly clean: Scores;
  readonly validation: Scores;
  /** Evaluated once. */
  readonly test: Scores;
}

/** One training: one arm, one seed. */
export interface TrialResult {
  readonly seed: number;
  readonly epochs: readonly EpochResult[];
  /** Of what the trial ended with: see {@link finalEpoch}; absent if the trial failed. */
  readonly final?: FinalScores;
  /** What was seen in the final predictions and weights; absent if the trial failed. */
  readonly diagnostics?: TrialDiagnostics;
  /** The epoch (from 1) of the lowest validation loss; 0 if no epoch was finished. */
  readonly bestEpoch: number;
  /** The epoch (from 1) whose weights early stopping put back; absent without early stopping. */
  readonly restoredEpoch?: number;
  /** Wall time of the whole trial, with evaluations; of a resumed one, the earlier epochs' steps and the rest. */
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
  /** As the user wrote it, "dropout=0.5"; in a study of several sizes with the rows, "dropout=0.5, 100 rows". */
  readonly name: string;
  /** As the user wrote it. */
  readonly arm: string;
  readonly trainRows: number;
  readonly trials: readonly TrialResult[];
}

/** How often an arm is the better one on a seed. */
export interface SuperiorityResult {
  /** `(wins + ties / 2) / pairs`. */
  readonly probability: number;
  /** Wilson's 95 % interval. */
  readonly interval: readonly [number, number];
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
}

/** Further views on the same paired differences. None of them decides the verdict. */
export interface ComparisonDetails {
  /** 95 % BCa bootstrap interval of the mean difference; null where there is none. */
  readonly bootstrap: readonly [number | null, number | null];
  /** Exact Wilcoxon signed-rank test, two-sided, of this arm alone; null without pairs. */
  readonly wilcoxonPValue: number | null;
  /** Null without pairs. */
  readonly superiority: SuperiorityResult | null;
  /** Hedges' g of paired differences, `mean / sd` without its bias; null where the spread is unknown. */
  readonly effectSize: number | null;
  /** Seeds for an interval half as wide as this one, by this spread; null where the spread is unknown or 0. */
  readonly seedsForHalfTheWidth: number | null;
}

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
  /**
   * t interval of that mean at `confidence`; nulls where the spread is unknown, as with fewer than two
   * pairs. In a study whose number of seeds adapts, Stein's two-stage interval.
   */
  readonly interval: readonly [number | null, number | null];
  /** The level at which Holm's procedure decided: 0.95 for one arm, `1 - 0.05 / d` among several. */
  readonly confidence: number;
  /** Arms that share one error rate of 5 % on this metric. */
  readonly comparisons: number;
  /** Two-sided, of this arm alone; null for an unknown spread. */
  readonly pValue: number | null;
  /** Holm's, over the arms. */
  readonly adjustedPValue: number | null;
  /** Seeds that finished in both arms. */
  readonly pairs: number;
  readonly verdict: Verdict;
  /** The verdict as a sentence for people. */
  readonly sentence: string;
  readonly details: ComparisonDetails;
}

/** A sweep of one parameter, and the strengths that its validation losses choose. */
export interface SweepResult extends Sweep {
  readonly trainRows: number;
  /** Position of the point of the lowest mean validation loss; null if trials are missing. */
  readonly best: number | null;
  /**
   * Position of the strongest point whose mean validation loss is within one standard error of the
   * best; null if trials are missing, or the parameter has no value that is off to measure from.
   */
  readonly oneStandardError: number | null;
}

/** How a study with an adaptive number of seeds ended. */
export interface StoppingResult extends UntilChoice {
  /** Seeds of the first stage, whose spread decides and is in every interval. */
  readonly pilot: number;
  readonly reason: "narrow enough" | "budget spent" | "spread unknown" | "interrupted";
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
  readonly sweeps: readonly SweepResult[];
  /** Absent if the number of seeds was given. */
  readonly stopping?: StoppingResult;
  /** Present in a study of several numbers of training rows. */
  readonly sizes?: SizeChoice;
  readonly data: DataDescription;
  readonly environment: Environment;
  readonly recipe: unknown;
  /** True if the study was stopped before all its trials were done. */
  readonly interrupted: boolean;
}
