/**
 * @file Rounds of several threads at the same time: only those count that a thread did beside all others.
 *
 * Threads that are woken together need not run together: for some time slices the system may give all of
 * them one core, and each round would be as fast as alone.
 */

/** Of each thread, and so many count at least: one that slept is slow for some milliseconds, which these outlast. */
export const ROUNDS = 200;
/** Nobody is three times as fast as another: one of the two was interrupted. */
const MOST_BESIDE = 3;
const isBeside = (rounds) => rounds > 0 && rounds <= MOST_BESIDE;

/** Measurements begun; threads that did their rounds, and that left; rounds of each that have to count. */
export const BEGUN = 0;
export const DONE = 1;
export const LEFT = 2;
export const WANTED = 3;

/** What threads share: words as above, rounds that each finished, and each thread's best and mean rate. */
export function shareMemory(threads) {
  const shared = (length, type) => new type(new SharedArrayBuffer(length * type.BYTES_PER_ELEMENT));
  const words = shared(4, Int32Array);
  words[WANTED] = ROUNDS;
  return {
    words,
    finished: shared(threads, Int32Array),
    rates: shared(threads, Float64Array),
    means: shared(threads, Float64Array),
  };
}

/** Work over time: the harmonic mean of rounds of equal work. */
export const meanRate = (rates) => rates.length / rates.reduce((sum, rate) => sum + 1 / rate, 0);

/**
 * Measures until all threads have done their rounds. Of those that count, the best goes to `rates` and the mean to
 * `means`; 0 if none does.
 *
 * @param meter - does one round, and returns its rate
 * @param isLate - whether to end the measurement of all threads
 */
export function measureAtOnce({ words, finished, rates, means }, { thread, meter, isLate }) {
  const threads = finished.length;
  const others = Array.from({ length: threads }, (_, i) => i).filter((i) => i !== thread);
  const read = () => others.map((other) => Atomics.load(finished, other));
  const wanted = words[WANTED];
  const counted = [];
  rates[thread] = 0;
  means[thread] = 0;
  for (;;) {
    const before = read();
    const rate = meter();
    const ranBeside = read().every((after, i) => isBeside(after - before[i]));
    Atomics.add(finished, thread, 1);
    // Others may have left in this round.
    if (Atomics.load(words, DONE) >= threads) break;
    if (ranBeside) {
      rates[thread] = Math.max(rates[thread], rate);
      counted.push(rate);
      if (counted.length === wanted) Atomics.add(words, DONE, 1);
    }
    if (isLate?.()) Atomics.store(words, DONE, threads);
  }
  if (counted.length > 0) means[thread] = meanRate(counted);
}
