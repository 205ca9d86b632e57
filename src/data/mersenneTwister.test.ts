/** @file MT19937 against numbers that NumPy 1.24's RandomState(42) gave (test/fixtures/golden_split.json). */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mersenneTwister } from "./mersenneTwister.js";

interface Golden {
  readonly mt19937_seed42: {
    readonly u32_first5: readonly number[];
    readonly u32_index_999: number;
    readonly permutation_10: readonly number[];
    readonly permutation_100_first10: readonly number[];
    readonly u32_draws_consumed_by_permutation_60000: number;
  };
}

const fixture = new URL("../../test/fixtures/golden_split.json", import.meta.url);
const golden = (JSON.parse(readFileSync(fixture, "utf8")) as Golden).mt19937_seed42;

const ascending = (size: number): Int32Array => Int32Array.from({ length: size }, (_, i) => i);

test("draws NumPy's words, before and after the state is regenerated", () => {
  const generator = mersenneTwister(42);
  const words = Array.from({ length: 1000 }, () => generator.uint32());
  expect(words.slice(0, 5)).toEqual(golden.u32_first5);
  expect(words[999]).toBe(golden.u32_index_999);
});

test("permutes as NumPy and leaves its argument alone", () => {
  const ten = ascending(10);
  expect([...mersenneTwister(42).shuffled(ten)]).toEqual(golden.permutation_10);
  expect(ten).toEqual(ascending(10));
  const hundred = mersenneTwister(42).shuffled(ascending(100));
  expect([...hundred.subarray(0, 10)]).toEqual(golden.permutation_100_first10);
});

test("consumes as many words as NumPy for a long permutation", () => {
  const used = mersenneTwister(42);
  used.shuffled(ascending(60_000));
  const fresh = mersenneTwister(42);
  for (let i = 0; i < golden.u32_draws_consumed_by_permutation_60000; i++) fresh.uint32();
  expect(used.uint32()).toBe(fresh.uint32());
});

test("an interval of one number costs no draw", () => {
  const generator = mersenneTwister(42);
  expect(generator.upTo(0)).toBe(0);
  expect(generator.uint32()).toBe(golden.u32_first5[0]);
});

test("an interval of all 32 bits returns the word itself", () => {
  expect(mersenneTwister(42).upTo(2 ** 32 - 1)).toBe(golden.u32_first5[0]);
});
