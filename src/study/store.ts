/** @file What a store of studies does: keeps what must survive the process that trains. */
import { UsageError } from "../util/index.js";
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
  /** Whether nothing is left to train: all trials have a stored result, and no further seeds are wanted. */
  readonly finished: boolean;
  readonly stopping?: StoppingResult;
}

/** One study open for writing. When a promise resolves, what was written survives the process. */
export interface StudyJournal {
  /** Its number in the store. */
  readonly id: number;
  /** That of the first run, in ISO 8601. */
  readonly startedAt: string;
  /** Wall time of earlier runs; of one that was killed, up to its last finished trial. */
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
  /**
   * Keeps a trial's outcome, all of it or nothing, and drops its checkpoint.
   *
   * @param end - with the wall time of this run so far
   */
  finish(index: number, end: TrialOutcome & { readonly seconds: number }): Promise<void>;
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

/** What the list says of a study, from its record and from what is counted of its trials. */
export const summarizeStudy = (
  { data, design, environment }: StudyRecord,
  {
    finished,
    ...counts
  }: Pick<StudySummary, "id" | "seeds" | "done" | "trials"> & { readonly finished: boolean },
): StudySummary => ({
  ...counts,
  status: finished ? "finished" : "unfinished",
  data: data.name,
  arms: design.arms.map(({ name }) => name),
  startedAt: environment.startedAt,
  command: environment.command,
});

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
 * What can be read of a store, also while another process writes it.
 *
 * @throws UsageError from every method, in one sentence, for what the user can put right, such as a number
 *   that no study has
 */
export interface StudyReader {
  list(): Promise<readonly StudySummary[]>;
  load(id: number): Promise<StoredStudy>;
  /** Of one finished trial; undefined if it has none. */
  artifacts(id: number, index: number): Promise<TrialArtifacts | undefined>;
  close(): Promise<void>;
}

/**
 * Studies that outlive their process. A trial belongs to its key: studies share it, and it is there for as
 * long as one of them is.
 *
 * @throws UsageError from every method, in one sentence: a full disk, a damaged file
 */
export interface StudyStore extends StudyReader {
  /** Opens the study of this key, or makes it. One study at a time is open for writing: the latest. */
  open(record: StudyRecord): Promise<StudyJournal>;
  /** Removes the study, and the trials that no other study shares; not the study that is open until its end. */
  remove(id: number): Promise<void>;
}

/** The number's study, or one sentence that names the numbers there are. */
export function requireStudy<T>(
  study: T | undefined,
  { id, known }: { readonly id: number; readonly known: readonly number[] },
): T {
  if (study !== undefined) return study;
  throw new UsageError(
    known.length === 0
      ? `Store: there must be a study; got none. "holdout compare" makes one.`
      : `Store: the study's number must be one of ${known.join(", ")}; got ${id}. "holdout studies" lists them.`,
  );
}

/** Refuses to remove a study that is being written. */
export function refuseOpen(id: number): never {
  throw new UsageError(
    `Store: the study must not be open when it is removed; got ${id}, which is. Stop it first.`,
  );
}
