/** @file The digits data set: each row a function of its seed and number alone, and the label what the image shows. */
import { describe, expect, test } from "vitest";
import type { LabelledDataset } from "./dataset.js";
import { digits, type DigitsOptions } from "./digits.js";
import { hashDataset } from "./sha256.js";

const PIXELS = 28 * 28;
const pixels = ({ features }: LabelledDataset, row: number): Uint8Array | Float32Array =>
  features.subarray(row * PIXELS, (row + 1) * PIXELS);
/** Bytes as text: vitest compares long arrays number by number, which takes seconds. */
const text = (array: Uint8Array | Float32Array): string => Buffer.from(array).toString("latin1");

test("is 28 x 28 bytes in shared memory, ten classes, 2,000 rows unless told otherwise", () => {
  const data = digits();
  expect(data).toMatchObject({ rows: 2000, featureShape: [28, 28], scale: 1 / 255, classes: 10 });
  expect(data.features).toBeInstanceOf(Uint8Array);
  expect(data.features.buffer).toBeInstanceOf(SharedArrayBuffer);
});

test("gives the bytes that it always gave, on every engine", async () => {
  // Not from elsewhere: recorded here, equal on Node 20 and 24. Another hash is a change of results.
  expect(await hashDataset(digits({ rows: 200 }))).toBe(
    "24a534bae522a0541bb807b4c44ecf64fe0b2ace8b2c39cda5e809b030f60582",
  );
});

test("more rows begin with the same rows as fewer", () => {
  const few = digits({ rows: 5, seed: 9 });
  const many = digits({ rows: 20, seed: 9 });
  expect(text(many.features.subarray(0, 5 * PIXELS))).toEqual(text(few.features));
  expect(many.labels.subarray(0, 5)).toEqual(few.labels);
});

test.each<[string, DigitsOptions]>([
  ["seed", { seed: 2 }],
  ["part", { part: "test" }],
])("another %s gives other images", (_what, change) => {
  const data = digits({ rows: 20 });
  const other = digits({ rows: 20, ...change });
  for (let row = 0; row < 20; row++)
    expect(text(pixels(other, row))).not.toBe(text(pixels(data, row)));
});

test("no two images are alike, and all digits are equally likely", () => {
  const data = digits({ rows: 3000 });
  const distinct = new Set(Array.from({ length: 3000 }, (_, row) => text(pixels(data, row))));
  expect(distinct.size).toBe(3000);
  const counts = Array.from({ length: 10 }, (_, d) => data.labels.filter((l) => l === d).length);
  // Chi-square with 9 degrees of freedom lies under 27.9 in 999 of 1,000 draws.
  expect(counts.reduce((sum, count) => sum + (count - 300) ** 2 / 300, 0)).toBeLessThan(27.9);
});

/** The class whose mean image is nearest, as the simplest reader there is. */
function nearestMean(train: LabelledDataset, data: LabelledDataset): number[] {
  const means = Array.from({ length: 10 }, () => new Float64Array(PIXELS));
  const counts = new Float64Array(10);
  train.labels.forEach((label, row) => {
    counts[label]++;
    pixels(train, row).forEach((byte, pixel) => (means[label][pixel] += byte));
  });
  const distance = (row: number, digit: number): number => {
    const mean = means[digit].map((total) => total / counts[digit]);
    return Math.hypot(...mean.map((value, pixel) => value - pixels(data, row)[pixel]));
  };
  return Array.from({ length: data.rows }, (_, row) => {
    const distances = means.map((_total, digit) => distance(row, digit));
    return distances.indexOf(Math.min(...distances));
  });
}

test("labels say what the images show: even the nearest mean image is mostly right", () => {
  const held = digits({ rows: 300, part: "test" });
  const read = nearestMean(digits({ rows: 1000 }), held);
  const right = read.filter((digit, row) => digit === held.labels[row]).length;
  expect(right / 300).toBeGreaterThan(0.6);
});

describe("label noise", () => {
  const rows = 2000;
  const clean = digits({ rows });
  const noisy = digits({ rows, labelNoise: 0.2 });
  const wrong = clean.labels.filter((label, row) => label !== noisy.labels[row]).length;

  test("makes about its share of labels wrong", () => {
    // Five standard deviations of a binomial count.
    expect(Math.abs(wrong - 0.2 * rows)).toBeLessThan(5 * Math.sqrt(rows * 0.2 * 0.8));
  });
  test("changes no image", () => {
    expect(text(noisy.features) === text(clean.features)).toBe(true);
  });
  test("of 1 makes every label wrong, and leaves no class out", () => {
    const all = digits({ rows: 300, labelNoise: 1 }).labels;
    expect(all.some((label, row) => label === clean.labels[row])).toBe(false);
    expect(new Set(all).size).toBe(10);
  });
});

test.each<[DigitsOptions, string]>([
  [{ rows: 0 }, "rows must be a whole number in [1, 1000000]; got 0."],
  [{ rows: 2.5 }, "rows must be a whole number in [1, 1000000]; got 2.5."],
  [{ seed: -1 }, "seed must be a whole number in [0, 9007199254740991]; got -1."],
  [{ labelNoise: 1.1 }, "labelNoise must be a number in [0, 1]; got 1.1."],
  [{ part: "train" as "pool" }, 'Unknown part "train"; Known: pool, test.'],
  [{ row: 5 } as DigitsOptions, 'Unknown parameter "row"; did you mean "rows"?'],
])("refuses %j", (options, sentence) => {
  expect(() => digits(options)).toThrow(`digits: ${sentence}`);
});
