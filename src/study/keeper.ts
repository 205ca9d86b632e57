/** @file Keeps a running study in its store, whose trouble costs no trial. */
import { UsageError } from "../util/index.js";
import type { TrialKeeper } from "./pool.js";
import type { TrialResult } from "./results.js";
import type { PlannedTrial, StudyEnd, StudyJournal } from "./store.js";
import { createWriter } from "./writer.js";

export interface StudyKeeper extends TrialKeeper {
  /**
   * @returns the results that are there already, by index
   * @throws UsageError if the first trials cannot be planned: then nothing is trained
   */
  plan(trials: readonly PlannedTrial[]): Promise<ReadonlyMap<number, TrialResult>>;
  end(end: StudyEnd): Promise<void>;
  /** Whether the trial's result is stored or waits to be; that of a crash never is, to be trained again. */
  has(index: number): boolean;
  /** How many results the store could not take. */
  unstored(): number;
}

export interface KeeperHooks {
  /** Hears each sentence once: a full disk is met after every epoch. */
  readonly onTrouble: (message: string) => void;
  /** Wall time of this run so far, in seconds. */
  readonly elapsed: () => number;
}

/** What is no sentence for the user is a defect, and is thrown. */
function tellOnce(onTrouble: (message: string) => void): (error: unknown) => void {
  const told = new Set<string>();
  return (error) => {
    if (!(error instanceof UsageError)) throw error;
    if (told.has(error.message)) return;
    told.add(error.message);
    onTrouble(error.message);
  };
}

export function keepStudy(journal: StudyJournal, hooks: KeeperHooks): StudyKeeper {
  const tell = tellOnce(hooks.onTrouble);
  const writer = createWriter(tell);
  const stored = new Set<number>();
  const waiting = new Set<number>();
  let begun = false;
  const plan = async (trials: readonly PlannedTrial[]) => {
    const known = await journal.plan(trials);
    for (const index of known.keys()) stored.add(index);
    return known;
  };
  return {
    plan: async (trials) => {
      if (!begun) {
        const known = await plan(trials);
        begun = true;
        return known;
      }
      let known: ReadonlyMap<number, TrialResult> = new Map();
      await writer.write(async () => {
        known = await plan(trials);
      });
      return known;
    },
    // Without its checkpoint a trial begins again.
    resume: async ({ index }) => {
      if (writer.waiting() > 0) return undefined;
      try {
        return await journal.resume(index);
      } catch (error) {
        tell(error);
        return undefined;
      }
    },
    // A checkpoint that cannot be written is not worth keeping: the next one is better.
    saveCheckpoint: ({ index }, bytes) => {
      if (writer.waiting() === 0) journal.saveCheckpoint(index, bytes).catch(tell);
    },
    finish: ({ index }, outcome) => {
      waiting.add(index);
      return writer.write(async () => {
        await journal.finish(index, { ...outcome, seconds: hooks.elapsed() });
        waiting.delete(index);
        stored.add(index);
      });
    },
    end: (end) => writer.write(() => journal.end(end)),
    has: (index) => stored.has(index) || waiting.has(index),
    unstored: () => waiting.size,
  };
}
