/** @file What a trial gets, and what it gives. */
import type { Dataset } from "../data/index.js";
import type { FitOptions } from "../nn/index.js";
import type { TrialMessage } from "./events.js";
import type { TrialResult } from "./results.js";

/** The rows that every trial of a study shares. */
export interface TrialData {
  readonly train: Dataset;
  readonly validation: Dataset;
  readonly test: Dataset;
}

export type TrialEngine = NonNullable<FitOptions<"accuracy", unknown>["engine"]>;

export interface TrialHooks {
  /** Milliseconds since any fixed moment. */
  readonly clock: () => number;
  readonly onMessage?: (message: TrialMessage) => void;
  readonly signal?: AbortSignal;
  /** The engine of one trial, which disposes of it at its end; default: wasm on one thread. */
  readonly createEngine?: () => Promise<TrialEngine>;
  /** Reports checkpoints, at most one a second and at most one an epoch. Default: none. */
  readonly checkpoints?: boolean;
  /** A checkpoint that this trial reported earlier: it goes on from there, to the same end. */
  readonly resume?: Uint8Array;
}

/** What only a store needs of a finished trial. */
export interface TrialArtifacts {
  /** What the network gave for each test row; of a classifier probabilities, [rows, classes]. */
  readonly predictions: Float32Array;
  /**
   * A safetensors file: weights of the epoch with the lowest validation loss, of an ensemble for each member;
   * of a snapshot ensemble those at the ends of the cycles.
   */
  readonly weights: Uint8Array;
}

export interface TrialOutcome {
  readonly result: TrialResult;
  /** Absent if the trial failed. */
  readonly artifacts?: TrialArtifacts;
}
