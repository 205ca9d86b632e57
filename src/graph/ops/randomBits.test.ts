/** @file Random bits: which block of Threefry each element reads, that all are used once, and uniformity. */
import { describe, expect, test } from "vitest";
import { evaluate } from "../../codegen/index.js";
import { threefry2x32, type StreamKey } from "../../util/index.js";
import { variable } from "../functions.js";
import { primitives as p } from "./index.js";

const key: StreamKey = [0x13198a2e, 0x03707344];
const counter = variable({ name: "counter", shape: [], dtype: "int32" });
const bits = (shape: readonly number[], step = 5): number[] => [
  ...evaluate([p.randomBits(counter, { shape, key })], new Map([[counter, [step]]]))[0],
];

/** Low and high halves of both words of a block at step 5. */
function halves(block: number): number[] {
  return threefry2x32(key, block, 5).flatMap((word) => [word & 0xffff, word >>> 16]);
}

describe("sixteen columns share four blocks", () => {
  test("lane c % 4 is the block, floor(c / 4) is the half", () => {
    const row = bits([16]);
    for (let column = 0; column < 16; column++) {
      expect(row[column]).toBe(halves(column % 4)[Math.floor(column / 4)]);
    }
  });

  test("blocks count on along the columns, then along the rows", () => {
    const [columns, groups] = [37, 3];
    const table = bits([2, columns]);
    for (const [row, column] of [
      [0, 16],
      [0, 36],
      [1, 0],
      [1, 21],
    ]) {
      const block = (row * groups + Math.floor(column / 16)) * 4 + (column % 4);
      expect(table[row * columns + column]).toBe(halves(block)[Math.floor(column / 4) % 4]);
    }
  });

  test("leading axes count as rows", () => expect(bits([2, 3, 5])).toEqual(bits([6, 5])));
  test("a scalar is a row of one column", () => expect(bits([])).toEqual(bits([1])));
});

test("every half of every block is used once", () => {
  const all = Array.from({ length: 8 }, (_, block) => halves(block)).flat();
  expect(bits([2, 16]).sort((a, b) => a - b)).toEqual(all.sort((a, b) => a - b));
});

test("steps and keys give other bits; the same give the same", () => {
  expect(bits([64], 6)).not.toEqual(bits([64]));
  expect(bits([64], -1)).not.toEqual(bits([64], 1));
  expect(bits([64])).toEqual(bits([64]));
});

test("values are whole numbers in [0, 65536), and below a threshold as often as it says", () => {
  const drawn = bits([200, 100]);
  expect(drawn.every((value) => Number.isInteger(value) && value >= 0 && value < 65536)).toBe(true);
  for (const rate of [0.1, 0.5, 0.8]) {
    const share = drawn.filter((value) => value < rate * 65536).length / drawn.length;
    // Three and a half standard errors of a share of 20,000.
    expect(Math.abs(share - rate)).toBeLessThan(3.5 * Math.sqrt((rate * (1 - rate)) / 20_000));
  }
});
