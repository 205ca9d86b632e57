/** @file Epoch orders and batches: nothing lost, nothing twice, the same for the same seed. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { randomStream } from "../util/index.js";
import { batchBounds, epochOrder } from "./batches.js";

test("an order visits every row once", () => {
  const order = epochOrder({ rows: 1000, seed: 3, epoch: 1 });
  expect([...order].sort((a, b) => a - b)).toEqual([...Array(1000).keys()]);
});

test("an order is the stream of its epoch, whichever epochs came before", () => {
  const order = epochOrder({ rows: 50, seed: 3, epoch: 7 });
  expect(order).toEqual(randomStream(3, "order/7").permutation(50));
  expect(order).not.toEqual(epochOrder({ rows: 50, seed: 3, epoch: 8 }));
  expect(order).not.toEqual(epochOrder({ rows: 50, seed: 4, epoch: 7 }));
});

test("batches follow each other without a gap, all full but the last", () => {
  const sizes = fc.integer({ min: 1, max: 500 });
  fc.assert(
    fc.property(sizes, sizes, (a, b) => {
      const [batchSize, rows] = [Math.min(a, b), Math.max(a, b)];
      const batches = batchBounds({ rows, batchSize });
      const starts = batches.map(({ start }) => start);
      expect(starts).toEqual([0, ...batches.slice(0, -1).map(({ end }) => end)]);
      expect(batches.slice(0, -1).every(({ start, end }) => end - start === batchSize)).toBe(true);
      expect(batches.at(-1)?.end).toBe(rows);
    }),
  );
});

test("keeps the last partial batch: 54,000 rows by 128 are 422 batches, the last of 112", () => {
  // Keras: 422 steps an epoch on MNIST less 10 %.
  const batches = batchBounds({ rows: 54_000, batchSize: 128 });
  expect(batches).toHaveLength(422);
  expect(batches[421]).toEqual({ start: 53_888, end: 54_000 });
});

test.each([0, 1.5, 11])("refuses a batch of %s for 10 rows", (batchSize) => {
  expect(() => batchBounds({ rows: 10, batchSize })).toThrow(
    `batches: batchSize must be a whole number in [1, 10]; got ${batchSize}. ` +
      "There are 10 rows to train on.",
  );
});

test("refuses an epoch before the first, and no rows", () => {
  expect(() => epochOrder({ rows: 5, seed: 1, epoch: 0 })).toThrow(
    "epochOrder: epoch must be a whole number of at least 1; got 0.",
  );
  expect(() => epochOrder({ rows: 0, seed: 1, epoch: 1 })).toThrow(
    "epochOrder: rows must be a whole number of at least 1; got 0.",
  );
});
