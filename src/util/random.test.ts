/** @file Random streams: the known answers of Random123, and the statistics of what is drawn. */
import { describe, expect, test } from "vitest";
import { randomStream, streamKey, threefry2x32 } from "./random.js";

describe("Threefry-2x32 with 13 rounds gives the known answers of Random123 (kat_vectors)", () => {
  // https://github.com/DEShawResearch/random123/blob/main/tests/kat_vectors: counter, key, words
  test.each([
    { counter: [0, 0], key: [0, 0], words: [0x9d1c5ec6, 0x8bd50731] },
    {
      counter: [0xffffffff, 0xffffffff],
      key: [0xffffffff, 0xffffffff],
      words: [0xfd36d048, 0x2d17272c],
    },
    {
      counter: [0x243f6a88, 0x85a308d3],
      key: [0x13198a2e, 0x03707344],
      words: [0xba3e4725, 0xf27d669e],
    },
  ])("key $key, counter $counter", ({ counter, key, words }) => {
    expect(threefry2x32([key[0], key[1]], counter[0], counter[1])).toEqual(words);
  });
});

describe("a stream's key", () => {
  const keys = (list: readonly (readonly [number, string])[]): Set<string> =>
    new Set(list.map(([seed, name]) => streamKey(seed, name).join()));

  test("is the same for the same seed and name, and two unsigned words", () => {
    expect(streamKey(42, "split")).toEqual(streamKey(42, "split"));
    for (const word of streamKey(42, "split")) expect(word).toBe(word >>> 0);
  });
  test("differs for each name, reversed and doubled ones too", () => {
    const names = ["", "a", "b", "ab", "ba", "aab", "baa", "aba", "init/dense_1", "init/dense_2"];
    expect(keys(names.map((name) => [1, name] as const)).size).toBe(names.length);
  });
  test("differs for each seed, also above 32 bits", () => {
    const seeds = [0, 1, 2, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1];
    expect(keys(seeds.map((seed) => [seed, "order"] as const)).size).toBe(seeds.length);
  });
});

/** Pearson's statistic of counts that should be equal. */
function chiSquare(counts: ArrayLike<number>): number {
  const list = Array.from(counts);
  const mean = list.reduce((sum, count) => sum + count, 0) / list.length;
  return list.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
}

/** Counts of `draws` results in [0, cells). */
function countDraws(cells: number, draws: number, draw: () => number): Int32Array {
  const counts = new Int32Array(cells);
  for (let i = 0; i < draws; i++) counts[draw()]++;
  return counts;
}

/** Quantiles at 0.0005 and 0.9995, by degrees of freedom (SciPy: chi2.ppf). */
const CHI_SQUARE = { 5: [0.158, 22.1], 6: [0.299, 24.1], 63: [32.5, 106.6], 255: [187.2, 335.9] };

function expectUniform(counts: Int32Array): void {
  const [low, high] = CHI_SQUARE[(counts.length - 1) as keyof typeof CHI_SQUARE];
  expect(chiSquare(counts)).toBeGreaterThan(low);
  expect(chiSquare(counts)).toBeLessThan(high);
}

describe("a stream", () => {
  test("starts at its beginning each time it is opened", () => {
    const draw = () => {
      const stream = randomStream(3, "order");
      return Array.from({ length: 9 }, () => stream.uint32());
    };
    expect(draw()).toEqual(draw());
  });

  test("is uniform in its high and in its low bits", () => {
    const stream = randomStream(1, "words");
    expectUniform(countDraws(256, 25_600, () => stream.uint32() >>> 24));
    expectUniform(countDraws(256, 25_600, () => stream.uint32() & 255));
  });

  test("draws uniform numbers in [0, 1), evenly, with bits beyond the 32nd", () => {
    const stream = randomStream(1, "uniform");
    expectUniform(countDraws(64, 12_800, () => Math.floor(stream.uniform() * 64)));
    const fine = Array.from({ length: 100 }, () => (stream.uniform() * 2 ** 32) % 1);
    expect(fine.filter((fraction) => fraction > 0).length).toBeGreaterThan(90);
  });

  test("draws whole numbers below a bound, evenly", () => {
    const stream = randomStream(1, "below");
    expectUniform(countDraws(7, 7000, () => stream.below(7)));
    expect(stream.below(1)).toBe(0);
    expect(stream.below(2 ** 32)).toBeGreaterThanOrEqual(0);
  });

  test("is not biased by a bound that does not divide 2^32", () => {
    // Modulo alone would draw the lower half of [0, 3 * 2^30) twice as often as the upper half.
    const stream = randomStream(1, "bias");
    const counts = countDraws(2, 10_000, () => (stream.below(3 * 2 ** 30) < 2 ** 30 * 1.5 ? 0 : 1));
    expect(Math.abs(counts[0] - counts[1]) / 100).toBeLessThan(3.5);
  });

  test("draws normal numbers with the moments of the normal distribution, all finite", () => {
    const stream = randomStream(1, "normal");
    const draws = Array.from({ length: 20_000 }, () => stream.normal());
    const moment = (power: number): number =>
      draws.reduce((sum, z) => sum + z ** power, 0) / draws.length;
    // Standard errors: 1, sqrt 2, sqrt 15 and sqrt 96 over the root of the number of draws.
    const root = Math.sqrt(draws.length);
    expect(Math.abs(moment(1)) * root).toBeLessThan(3.5);
    expect((Math.abs(moment(2) - 1) * root) / Math.SQRT2).toBeLessThan(3.5);
    expect((Math.abs(moment(3)) * root) / Math.sqrt(15)).toBeLessThan(3.5);
    expect((Math.abs(moment(4) - 3) * root) / Math.sqrt(96)).toBeLessThan(3.5);
  });

  test("is independent of a stream of another name and of another seed", () => {
    for (const other of [randomStream(1, "b"), randomStream(2, "a")]) {
      const stream = randomStream(1, "a");
      expectUniform(
        countDraws(64, 12_800, () => (stream.uint32() >>> 29) * 8 + (other.uint32() >>> 29)),
      );
    }
  });

  test("crosses from one block to the next without a repetition", () => {
    const stream = randomStream(1, "long");
    expect(new Set(Array.from({ length: 10_000 }, () => stream.uint32())).size).toBe(10_000);
  });
});

describe("a permutation", () => {
  test.each([0, 1, 2, 5, 1000])("of %d holds each number once", (size) => {
    const order = randomStream(1, "order").permutation(size);
    expect([...order].sort((a, b) => a - b)).toEqual([...Array(size).keys()]);
  });
  test("takes each of the six orders of three equally often", () => {
    const stream = randomStream(1, "orders");
    const orders = ["0,1,2", "0,2,1", "1,0,2", "1,2,0", "2,0,1", "2,1,0"];
    expectUniform(countDraws(6, 6000, () => orders.indexOf(stream.permutation(3).join())));
  });
});

test.each([0, 1, 63, 64])(
  "fillUniform draws what uniform does, from position %i on",
  (position) => {
    const [filled, single] = [randomStream(7, "fill"), randomStream(7, "fill")];
    for (let i = 0; i < position; i++) expect(filled.uint32()).toBe(single.uint32());
    const values = new Float32Array(100);
    filled.fillUniform(values, 0.3);
    expect(values).toEqual(values.map(() => (2 * single.uniform() - 1) * 0.3));
    expect(filled.uint32()).toBe(single.uint32());
  },
);
