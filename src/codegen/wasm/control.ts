/**
 * @file The words through which threads speak to each other, at the same place in every shared memory.
 * Each lies on a cache line of its own, so that waiting for one slows down nobody who changes another.
 */

const LINE = 64;

/** Byte offsets from the beginning of the control block. Words are int32. */
export const CONTROL = {
  /** Threads that have come to the present barrier. */
  arrived: 0,
  /** Barriers passed so far; threads wait for it to change. */
  generation: LINE,
  /** Threads that sleep at a barrier. */
  sleeping: 2 * LINE,
  /** One of FAILURES once a thread has failed, else 0: all others then leave. */
  failed: 3 * LINE,
  /** Runs asked for so far, and the number of the program to run. */
  runs: 4 * LINE,
  program: 4 * LINE + 4,
  /** Messages sent so far to each thread. */
  messages: 4 * LINE + 8,
  /** Changes when runs or messages do; idle threads wait for it. */
  signal: 4 * LINE + 12,
  /** Threads that sleep until the signal. */
  idle: 5 * LINE,
} as const;

/** `late`: a thread did not come to a barrier in time. `broken`: a thread's code trapped. */
export const FAILURES = { late: 1, broken: 2 } as const;

export const CONTROL_BYTES = 6 * LINE;
