/** @file What a running study tells its listener. */
import type { TrialSpec } from "./design.js";
import type { DataDescription, EpochResult, TrialResult } from "./results.js";

/** What a worker reports while it trains; plain data. */
export type TrialMessage =
  /** `step` of `steps` updates of this epoch are done; a few times an epoch. */
  | {
      readonly kind: "progress";
      readonly epoch: number;
      readonly step: number;
      readonly steps: number;
      /** Running loss of this epoch so far. */
      readonly loss: number;
    }
  | { readonly kind: "epoch"; readonly result: EpochResult };

/** In the order of time; trials on different workers interleave. */
export type StudyEvent =
  /** The first event: all checks are passed, training begins. */
  | {
      readonly kind: "planned";
      readonly trials: readonly TrialSpec[];
      readonly workers: number;
      readonly data: DataDescription;
    }
  | { readonly kind: "started"; readonly trial: TrialSpec }
  | (TrialMessage & { readonly trial: TrialSpec })
  | { readonly kind: "finished"; readonly trial: TrialSpec; readonly result: TrialResult }
  /** The loss stopped being finite, or the worker crashed; `result.failure` says which. */
  | {
      readonly kind: "failed";
      readonly trial: TrialSpec;
      readonly result: TrialResult;
      /** What the worker threw; absent if the training itself failed. */
      readonly error?: unknown;
    };
