/** @file What a running study tells its listener. */
import type { TrialSpec } from "./plan.js";
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
  | { readonly kind: "epoch"; readonly result: EpochResult }
  /** Everything that this trial needs to go on from the end of its latest epoch. */
  | { readonly kind: "checkpoint"; readonly bytes: Uint8Array };

/** In the order of time; trials on different workers interleave. */
export type StudyEvent =
  /** The first event: all checks are passed, training begins. */
  | {
      readonly kind: "planned";
      readonly trials: readonly TrialSpec[];
      /** Results that are there already, by trial index: of the store, and of seeds before these. */
      readonly known: ReadonlyMap<number, TrialResult>;
      /** True if seeds were added to a study that is under way. */
      readonly more: boolean;
      readonly workers: number;
      readonly data: DataDescription;
    }
  | { readonly kind: "started"; readonly trial: TrialSpec }
  | (Exclude<TrialMessage, { kind: "checkpoint" }> & { readonly trial: TrialSpec })
  | { readonly kind: "finished"; readonly trial: TrialSpec; readonly result: TrialResult }
  /** The loss stopped being finite, or the worker crashed; `result.failure` says which. */
  | {
      readonly kind: "failed";
      readonly trial: TrialSpec;
      readonly result: TrialResult;
      /** What the worker threw; absent if the training itself failed. */
      readonly error?: unknown;
    }
  /** The store cannot be written, in one sentence; the study goes on and tries again. */
  | {
      readonly kind: "trouble";
      readonly message: string;
      /** At the end of the study: how many results the store never took; before it 0. */
      readonly unstored: number;
    };
