/** @file What a worker thread and the main thread say to each other; all of it plain data. */
import type { DatasetFields } from "../data/index.js";
import type { SimdBits } from "../runtime/index.js";
import type { TrialMessage, TrialOutcome, TrialSpec } from "../study/index.js";

/** Handed to a thread at its start; the arrays lie in shared memory, so nothing is copied. */
export interface ThreadData {
  readonly train: DatasetFields;
  readonly validation: DatasetFields;
  readonly test: DatasetFields;
  /** Where the thread opens the BLAS of its engine, if it is to use one. */
  readonly library: string | undefined;
  readonly simdBits: SimdBits | undefined;
  /** Whether trials report checkpoints. */
  readonly checkpoints: boolean;
}

/** An error's own class does not survive the way between threads: its parts do. */
export interface ThreadError {
  readonly usage: boolean;
  readonly message: string;
  readonly stack: string;
}

/** What a thread is to do. */
export interface ThreadTask {
  readonly trial: TrialSpec;
  readonly resume: Uint8Array | undefined;
}

export type ThreadMessage =
  | TrialMessage
  | { readonly kind: "outcome"; readonly outcome: TrialOutcome }
  | { readonly kind: "error"; readonly error: ThreadError };
