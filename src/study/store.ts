/** @file What a store of studies does: keeps what must survive the process that trains. */
import type { StudyDesign } from "./plan.js";
import type { DataDescription, Environment, StoppingResult, TrialResult } from "./results.js";
import type { TrialArtifacts, TrialOutcome } from "./trialParts.js";

/** What is known of a study before its first trial. Plain data. */
export interface StudyRecord {
  /** SHA-256 of everything that decides the study's numbers: the same study has the same key. */
  readonly key: string;
  readonly design: StudyDesign;
  readonly data: DataDescription;
  readonly environment: Omit<Environment, "seconds">;
}

/** A trial before it begins. */
export interface PlannedTrial {
  readonly index: number;
  /** SHA-256 of everything that decides the trial's numbers: trials of equal keys have equal results. */
  readonly key: string;
  /** The name of its cell, as in {@link TrialSpec}. */
  readonly arm: string;
  readonly seed: number;
}

/** How a run of a study ended. */
export interface StudyEnd {
  /** Wall time of this run. */
  readonly seconds: number;
  /** Whether all of its trials were done. */
  readonly finished: boolean;
  readonly stopping?: StoppingResult;
}

/** One study open for writing. When a promise resolves, what was written survives the process. */
export interface StudyJournal {
  /** Its number in the store. */
  readonly id: number;
  /** That of the first run, in ISO 8601. */
  readonly startedAt: string;
  /** Wall time of earlier runs. */
  readonly secondsBefore: number;
  /**
   * Makes a row for each trial that has none, before it begins.
   *
   * @returns the results that are there already, by index: of earlier runs of this study, and of trials of
   * the same key in other studies
   */
  plan(trials: readonly PlannedTrial[]): Promise<ReadonlyMap<number, TrialResult>>;
  /** The latest checkpoint of a trial that is not finished. */
  resume(index: number): Promise<Uint8Array | undefined>;
  saveCheckpoint(index: number, bytes: Uint8Array): Promise<void>;
  /** Keeps a trial's outcome and drops its checkpoint. */
  finish(index: number, outcome: TrialOutcome): Promise<void>;
  end(end: StudyEnd): Promise<void>;
}

/** A line of the list of studies. */
export interface StudySummary {
  readonly id: number;
  /** "finished", or "unfinished" if the same command would go on with it. */
  readonly status: "finished" | "unfinished";
  readonly data: string;
  readonly arms: readonly string[];
  readonly seeds: number;
  /** Trials with a result, and all that were planned. */
  readonly done: number;
  readonly trials: number;
  readonly startedAt: string;
  readonly command: string;
}

/** A study as it is in the store. */
export interface StoredStudy {
  readonly id: number;
  readonly record: StudyRecord;
  readonly seconds: number;
  readonly finished: boolean;
  readonly stopping?: StoppingResult;
  readonly trials: readonly (PlannedTrial & { readonly result?: TrialResult })[];
}

/**
 * Studies that outlive their process.
 *
 * @throws UsageError from every method, in one sentence, for what the user can put right: a full disk, a
 *   file that is no store, a store that another process writes
 */
export interface StudyStore {
  /** Opens the study of this key, or makes it. One study at a time is open for writing. */
  open(record: StudyRecord): Promise<StudyJournal>;
  list(): Promise<readonly StudySummary[]>;
  /** @throws UsageError for an unknown number */
  load(id: number): Promise<StoredStudy>;
  /** Of one finished trial; undefined if it has none. */
  artifacts(id: number, index: number): Promise<TrialArtifacts | undefined>;
  /** @throws UsageError for an unknown number, or the study that is open */
  remove(id: number): Promise<void>;
  close(): Promise<void>;
}
