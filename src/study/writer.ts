/** @file Writes that survive a store's trouble: what could not be written waits, and is tried again. */

export interface Writer {
  /** Writes now, after whatever waits; resolves also if it could not, which `onTrouble` hears of. */
  readonly write: (job: () => Promise<void>) => Promise<void>;
  /** How many writes still wait. */
  readonly waiting: () => number;
}

/**
 * A study must not end because the disk is full for an hour: results stay in memory until they can be
 * written, in the order in which they came.
 *
 * @param onTrouble - hears of each failed attempt
 */
export function createWriter(onTrouble: (error: unknown) => void): Writer {
  const jobs: (() => Promise<void>)[] = [];
  const flush = async (): Promise<void> => {
    while (jobs.length > 0) {
      try {
        await jobs[0]();
      } catch (error) {
        onTrouble(error);
        return;
      }
      jobs.shift();
    }
  };
  // One flush at a time: the next begins when the one before is done.
  let latest = Promise.resolve();
  return {
    write: (job) => {
      jobs.push(job);
      latest = latest.then(flush, flush);
      return latest;
    },
    waiting: () => jobs.length,
  };
}
