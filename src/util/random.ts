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

const [R0, R1, R2, R3, R4, R5, R6, R7] = THREEFRY_ROTATIONS;

/**
 * Fills `words` with those of the counters (low, high), (low + 1, high), ..., two each; see
 * {@link threefry2x32}. On entry its first two are `low` and `high`: an object of both would be slow, since the
 * first numbers above 2^31 change what V8 takes its fields for. All rounds stand in a row, on 32-bit locals: as a
 * loop, or on keys straight from the array, they take three times as long.
 */
function writeThreefry(schedule: readonly [number, number, number], words: Uint32Array): void {
  const key0 = schedule[0] | 0;
  const key1 = schedule[1] | 0;
  const key2 = schedule[2] | 0;
  const first = (words[0] + key0) | 0;
  const second = (words[1] + key1) | 0;
  for (let at = 0; at < words.length; at += 2) {
    let x0 = (first + (at >> 1)) | 0;
    let x1 = second;
    x0 = (x0 + x1) | 0;
    x1 = rotateLeft(x1, R0) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = rotateLeft(x1, R1) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = rotateLeft(x1, R2) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = rotateLeft(x1, R3) ^ x0;
    x0 = (x0 + key1) | 0;
    x1 = (x1 + key2 + 1) | 0;
    x0 = (x0 + x1) | 0;
    x1 = rotateLeft(x1, R4) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = rotateLeft(x1, R5) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = rotateLeft(x1, R6) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = rotateLeft(x1, R7) ^ x0;
    x0 = (x0 + key2) | 0;
    x1 = (x1 + key0 + 2) | 0;
    x0 = (x0 + x1) | 0;
    x1 = rotateLeft(x1, R0) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = rotateLeft(x1, R1) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = rotateLeft(x1, R2) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = rotateLeft(x1, R3) ^ x0;
    x0 = (x0 + key0) | 0;
    x1 = (x1 + key1 + 3) | 0;
    x0 = (x0 + x1) | 0;
    x1 = rotateLeft(x1, R4) ^ x0;
    words[at] = x0;
    words[at + 1] = x1;
  }
}

/**
 * Threefry-2x32 with 13 rounds: two words of key and two of counter give two random words.
 *
 * It needs only additions, rotations and exclusive ors, so every backend computes the same bits.
 *
 * @see Salmon, Moraes, Dror, Shaw, Parallel random numbers: as easy as 1, 2, 3, SC 2011
 */
export function threefry2x32(key: StreamKey, counter0: number, counter1: number): [number, number] {
  const words = Uint32Array.of(counter0, counter1);
  writeThreefry(threefrySchedule(key), words);
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
  /** Fills an array with real numbers in [-limit, limit): `(2 uniform() - 1) limit` each, in half the time. */
  fillUniform(values: Float32Array, limit: number): void;
  /** A normal variate of mean 0 and standard deviation 1 (Box and Muller, 1958). */
  normal(): number;
  /** A whole number in [0, bound), without bias; the bound is less than 2^32. */
  below(bound: number): number;
  /** 0 ... size - 1 in random order (Fisher and Yates). */
  permutation(size: number): Int32Array;
}

/** Words made at a time. */
const WORDS_AHEAD = 64;

/**
 * Words past the last whole multiple of the bound would favour small remainders. Only the last `bound`
 * of all words can be such, so that few need the division that tells.
 */
const isBiased = (word: number, bound: number): boolean =>
  word >= 2 ** 32 - bound && word >= 2 ** 32 - (2 ** 32 % bound);

const realOf = (high: number, low: number): number =>
  ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;

/** A class, and no closures: streams are many, and compiled code serves all of them. */
class ThreefryStream implements RandomStream {
  readonly #schedule: readonly [number, number, number];
  readonly #words = new Uint32Array(WORDS_AHEAD);
  #position = WORDS_AHEAD;
  #block = 0;

  constructor(key: StreamKey) {
    this.#schedule = threefrySchedule(key);
  }

  uint32(): number {
    if (this.#position === WORDS_AHEAD) this.#draw();
    return this.#words[this.#position++];
  }

  uniform(): number {
    return realOf(this.uint32(), this.uint32());
  }

  fillUniform(values: Float32Array, limit: number): void {
    const words = this.#words;
    let index = 0;
    while (index < values.length) {
      // This one may make new words; then come the pairs that are left of them.
      values[index++] = (2 * this.uniform() - 1) * limit;
      let position = this.#position;
      const end = Math.min(values.length, index + Math.floor((WORDS_AHEAD - position) / 2));
      for (; index < end; position += 2) {
        values[index++] = (2 * realOf(words[position], words[position + 1]) - 1) * limit;
      }
      this.#position = position;
    }
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  below(bound: number): number {
    let word = this.uint32();
    while (isBiased(word, bound)) word = this.uint32();
    // The shifts tell V8 that both are whole numbers; else it divides them as real ones, ten times as long.
    return (word % (bound >>> 0)) >>> 0;
  }

  permutation(size: number): Int32Array {
    const order = new Int32Array(size);
    for (let index = 0; index < size; index++) order[index] = index;
    for (let last = size - 1; last > 0; last--) {
      const other = this.below(last + 1);
      const moved = order[last];
      order[last] = order[other];
      order[other] = moved;
    }
    return order;
  }

  /** The low half begins at a multiple of what is drawn: it does not overflow within a draw. */
  #draw(): void {
    this.#words[0] = this.#block;
    this.#words[1] = Math.floor(this.#block / 2 ** 32);
    writeThreefry(this.#schedule, this.#words);
    this.#block += WORDS_AHEAD / 2;
    this.#position = 0;
  }
}

/**
 * Opens the named stream at its beginning.
 *
 * @param seed - a whole number in [0, 2^53)
 * @param name - see {@link streamKey}
 */
export function randomStream(seed: number, name: string): RandomStream {
  return new ThreefryStream(streamKey(seed, name));
}
