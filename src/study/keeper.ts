/** @file Keeps a running study in its store, whose trouble costs no trial. */
import { shortNumber, UsageError } from "../util/index.js";
import type { TrialKeeper } from "./pool.js";
import type { TrialResult } from "./results.js";
import type { PlannedTrial, StudyEnd, StudyJournal } from "./store.js";
import type { TrialOutcome } from "./trialParts.js";
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
  /** Whether so much waited once that no further trial may begin. */
  isOverfull(): boolean;
}

/** What may wait for a store in trouble: about a hundred results of the reference network. */
const MOST_WAITING_BYTES = 2 ** 28;

export interface KeeperHooks {
  /** Hears each sentence once: a full disk is met after every epoch. */
  readonly onTrouble: (message: string) => void;
  /** Wall time of this run so far, in seconds. */
  readonly elapsed: () => number;
  /** How many bytes of weights and predictions may wait for the store; default 256 MiB. */
  readonly mostWaitingBytes?: number | undefined;
}

/** Of what is in memory for the store's sake alone; the numbers of a trial are there anyway. */
const bytesOf = ({ artifacts }: TrialOutcome): number =>
  artifacts === undefined ? 0 : artifacts.weights.byteLength + artifacts.predictions.byteLength;

const mebibytes = (bytes: number): string =>
  `${shortNumber(Number((bytes / 2 ** 20).toPrecision(3)))} MiB`;

const overfull = (results: number, { most, bytes }: { most: number; bytes: number }): UsageError =>
  new UsageError(
    `Store: results that wait to be stored must take at most ${mebibytes(most)}; got ` +
      `${results} of ${mebibytes(bytes)}. No further trial begins. Make room for the store, ` +
      "then run the same command: it goes on with what is stored.",
  );

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
  /** Bytes by index. */
  const waiting = new Map<number, number>();
  const most = hooks.mostWaitingBytes ?? MOST_WAITING_BYTES;
  let begun = false;
  let isOverfull = false;
  const checkWaiting = (): void => {
    const bytes = [...waiting.values()].reduce((sum, each) => sum + each, 0);
    if (isOverfull || bytes <= most) return;
    isOverfull = true;
    tell(overfull(waiting.size, { most, bytes }));
  };
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
    finish: async ({ index }, outcome) => {
      waiting.set(index, bytesOf(outcome));
      await writer.write(async () => {
        await journal.finish(index, { ...outcome, seconds: hooks.elapsed() });
        waiting.delete(index);
        stored.add(index);
      });
      checkWaiting();
    },
    end: (end) => writer.write(() => journal.end(end)),
    has: (index) => stored.has(index) || waiting.has(index),
    unstored: () => waiting.size,
    isOverfull: () => isOverfull,
  };
}
