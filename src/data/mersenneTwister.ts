/** @file MT19937 as NumPy's RandomState runs it, because scikit-learn draws its splits from it. */

const SIZE = 624;
const SHIFT = 397;
const UPPER_MASK = 0x80000000;
const LOWER_MASK = 0x7fffffff;
const TWIST = 0x9908b0df;

/** NumPy's legacy generator, as far as scikit-learn's splits need it. */
export interface MersenneTwister {
  /** A whole number in [0, 2^32). */
  uint32(): number;
  /** A whole number in [0, max], both ends included, as NumPy's `random_interval`. */
  upTo(max: number): number;
  /** The values in random order, as NumPy's `permutation`; the argument stays as it is. */
  shuffled(values: Int32Array): Int32Array;
}

/** Knuth's linear recurrence (`init_genrand`), which NumPy uses for a seed that is one number. */
function seededState(seed: number): Uint32Array {
  const state = new Uint32Array(SIZE);
  state[0] = seed;
  for (let i = 1; i < SIZE; i++) {
    const previous = state[i - 1];
    state[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
  }
  return state;
}

function regenerate(state: Uint32Array): void {
  for (let i = 0; i < SIZE; i++) {
    const word = (state[i] & UPPER_MASK) | (state[(i + 1) % SIZE] & LOWER_MASK);
    state[i] = state[(i + SHIFT) % SIZE] ^ (word >>> 1) ^ (word & 1 ? TWIST : 0);
  }
}

function temper(word: number): number {
  let y = word ^ (word >>> 11);
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return (y ^ (y >>> 18)) >>> 0;
}

/**
 * The generator behind `numpy.random.RandomState(seed)`.
 *
 * @param seed - a whole number in [0, 2^32); NumPy seeds arrays and newer generators in another way.
 * @see Matsumoto, Nishimura, Mersenne twister, ACM TOMACS 8 (1998) 3-30
 */
export function mersenneTwister(seed: number): MersenneTwister {
  const state = seededState(seed);
  let position = SIZE;
  const uint32 = (): number => {
    if (position === SIZE) {
      regenerate(state);
      position = 0;
    }
    return temper(state[position++]);
  };
  const upTo = (max: number): number => {
    // NOTE: NumPy draws nothing at all for max 0; one draw more would shift every later number.
    if (max === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(max);
    let value = (uint32() & mask) >>> 0;
    while (value > max) value = (uint32() & mask) >>> 0;
    return value;
  };
  const shuffled = (values: Int32Array): Int32Array => {
    const result = values.slice();
    for (let last = result.length - 1; last > 0; last--) {
      const other = upTo(last);
      [result[last], result[other]] = [result[other], result[last]];
    }
    return result;
  };
  return { uint32, upTo, shuffled };
}
