/** @file Named random streams: every random number is a pure function of (seed, stream name, position). */

/** A 64-bit key as two unsigned 32-bit words. */
export type StreamKey = readonly [number, number];

/** By how much a word is rotated in each round; they repeat after eight. */
export const THREEFRY_ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;
/** The fewest rounds at which Threefry-2x32 passes BigCrush (Salmon et al., 2011, table 2). */
export const THREEFRY_ROUNDS = 13;
const PARITY = 0x1bd11bda;

/** The three words that rounds add in turn: the key, and its parity with a constant. */
export const threefrySchedule = (key: StreamKey): readonly [number, number, number] => [
  key[0] | 0,
  key[1] | 0,
  PARITY ^ key[0] ^ key[1],
];

const rotateLeft = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** Writes two random words to `words[at]` and after; see {@link threefry2x32}. */
function writeThreefry(
  schedule: readonly [number, number, number],
  { counter0, counter1 }: { readonly counter0: number; readonly counter1: number },
  { words, at }: { readonly words: Uint32Array; readonly at: number },
): void {
  let x0 = (counter0 + schedule[0]) | 0;
  let x1 = (counter1 + schedule[1]) | 0;
  for (let round = 0; round < THREEFRY_ROUNDS; round++) {
    x0 = (x0 + x1) | 0;
    x1 = rotateLeft(x1, THREEFRY_ROTATIONS[round % 8]) ^ x0;
    if (round % 4 === 3) {
      const injection = (round + 1) / 4;
      x0 = (x0 + schedule[injection % 3]) | 0;
      x1 = (x1 + schedule[(injection + 1) % 3] + injection) | 0;
    }
  }
  words[at] = x0;
  words[at + 1] = x1;
}

/**
 * Threefry-2x32 with 13 rounds: two words of key and two of counter give two random words.
 *
 * It needs only additions, rotations and exclusive ors, so every backend computes the same bits.
 *
 * @see Salmon, Moraes, Dror, Shaw, Parallel random numbers: as easy as 1, 2, 3, SC 2011
 */
export function threefry2x32(key: StreamKey, counter0: number, counter1: number): [number, number] {
  const words = new Uint32Array(2);
  writeThreefry(threefrySchedule(key), { counter0, counter1 }, { words, at: 0 });
  return [words[0], words[1]];
}

/** 64 bits that differ for different names: FNV-1a over the UTF-8 bytes, once from each end. */
function hashName(name: string): StreamKey {
  const bytes = new TextEncoder().encode(name);
  const fnv = (order: Iterable<number>): number => {
    let hash = 0x811c9dc5;
    for (const byte of order) hash = Math.imul(hash ^ byte, 0x01000193);
    return hash >>> 0;
  };
  return [fnv(bytes), fnv([...bytes].reverse().concat(bytes.length & 255))];
}

/**
 * The key of a named stream: streams of different names are independent, so that adding a
 * technique, which brings a stream of its own, shifts no other stream.
 *
 * @param seed - a whole number in [0, 2^53); both of its 32-bit halves count.
 * @param name - a path such as "init/dense_1/kernel".
 */
export function streamKey(seed: number, name: string): StreamKey {
  const [low, high] = hashName(name);
  return threefry2x32([seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0], low, high);
}

/** A sequence of random numbers for the host side: initial weights, batch order, drawn data. */
export interface RandomStream {
  /** A whole number in [0, 2^32). */
  uint32(): number;
  /** A real number in [0, 1) with 53 random bits. */
  uniform(): number;
  /** A normal variate of mean 0 and standard deviation 1 (Box and Muller, 1958). */
  normal(): number;
  /** A whole number in [0, bound), without bias. */
  below(bound: number): number;
  /** 0 ... size - 1 in random order (Fisher and Yates). */
  permutation(size: number): Int32Array;
}

/** Words made at a time: a draw is then a load. */
const WORDS_AHEAD = 64;

/**
 * Opens the named stream at its beginning.
 *
 * @param seed - a whole number in [0, 2^53)
 * @param name - see {@link streamKey}
 */
export function randomStream(seed: number, name: string): RandomStream {
  const schedule = threefrySchedule(streamKey(seed, name));
  const words = new Uint32Array(WORDS_AHEAD);
  let position = WORDS_AHEAD;
  let block = 0;
  const uint32 = (): number => {
    if (position === WORDS_AHEAD) {
      for (let at = 0; at < WORDS_AHEAD; at += 2, block++) {
        const counter = { counter0: block >>> 0, counter1: Math.floor(block / 2 ** 32) };
        writeThreefry(schedule, counter, { words, at });
      }
      position = 0;
    }
    return words[position++];
  };
  const uniform = (): number => ((uint32() >>> 5) * 2 ** 26 + (uint32() >>> 6)) / 2 ** 53;
  const below = (bound: number): number => {
    // Words past the last whole multiple of the bound would favour small results: draw again.
    const limit = 2 ** 32 - (((2 ** 32 - bound) >>> 0) % bound);
    let word = uint32();
    while (word >= limit) word = uint32();
    return word % bound;
  };
  return {
    uint32,
    uniform,
    below,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    permutation: (size) => {
      const order = new Int32Array(size);
      for (let index = 0; index < size; index++) order[index] = index;
      for (let last = size - 1; last > 0; last--) {
        const other = below(last + 1);
        [order[last], order[other]] = [order[other], order[last]];
      }
      return order;
    },
  };
}
