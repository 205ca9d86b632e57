/** @file Gives way to the surroundings a few times a second during long work, and ends it when told to. */

/** Work runs in slices; between them, events, messages and an abort get their turn. */
export interface Pace {
  /** True when the present slice is over. Call once for each piece of work. */
  readonly due: () => boolean;
  /** Starts the next slice once waiting events are handled; rejects with the signal's reason. */
  readonly rest: () => Promise<void>;
  /** Call when all work is done. */
  readonly close: () => void;
}

/** Length of a slice: by time if there is a clock, else by pieces of work. */
const SLICE = { milliseconds: 100, pieces: 16 };

/**
 * @param clock - milliseconds since any fixed moment
 */
export function createPace({
  clock,
  signal,
}: {
  readonly clock?: () => number;
  readonly signal?: AbortSignal;
}): Pace {
  // A message to ourselves comes after waiting events; a timer would cost 1 ms, or 4 in a browser.
  const { port1, port2 } = new MessageChannel();
  let started = clock?.() ?? 0;
  let pieces = 0;
  return {
    due: () => {
      pieces++;
      return clock ? clock() - started >= SLICE.milliseconds : pieces >= SLICE.pieces;
    },
    rest: async () => {
      await new Promise((resolve) => {
        port1.onmessage = resolve;
        port2.postMessage(undefined);
      });
      signal?.throwIfAborted();
      pieces = 0;
      started = clock?.() ?? 0;
    },
    close: () => port1.close(),
  };
}
