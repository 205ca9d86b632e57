/** @file Data sets by name: sizes, streams and defaults, and the sentences for names and options that do not fit. */
import { expect, test } from "vitest";
import type { DataAccess } from "./access.js";
import { digits } from "./digits.js";
import { hashDataset } from "./sha256.js";
import { loadSource, sources, type SourceRequest } from "./sources.js";

/** No folder has anything, and there is no network. */
const nothing: DataAccess = {
  folderSetting: "THE_FOLDER",
  givenFolder: { locate: (path) => `/none/${path}`, read: () => Promise.resolve(undefined) },
  fetch: () => Promise.reject(new Error("no network in tests")),
};
const load = (request: SourceRequest) => loadSource(request, nothing);

test("digits: 2,000 rows to train on, 2,000 to validate on and 2,000 to test on", async () => {
  const { pool, test: held, defaults } = await load({ name: "digits" });
  expect([pool.rows, held.rows]).toEqual([4000, 2000]);
  expect(defaults).toEqual({ validation: 2000, splitSeed: 42 });
});

test("digits: other sizes leave room to validate; label noise leaves the test set alone", async () => {
  const options = { name: "digits", trainRows: 100, seed: 5, labelNoise: 0.5 };
  const { pool, test: held, defaults } = await load(options);
  const split = { validation: defaults.validation, seed: defaults.splitSeed };
  expect(pool.split(split).train.rows).toBe(100);
  const first = Int32Array.from({ length: 30 }, (_, row) => row);
  const noisy = digits({ rows: 30, seed: 5, labelNoise: 0.5 });
  expect(await hashDataset(pool.take(first))).toBe(await hashDataset(noisy));
  const clean = digits({ rows: 30, seed: 5, part: "test" });
  expect(await hashDataset(held.take(first))).toBe(await hashDataset(clean));
});

test("every name is known, and an unknown one gets the nearest", async () => {
  expect(sources.map(({ name }) => name)).toEqual(["digits", "mnist"]);
  await expect(load({ name: "minst" })).rejects.toThrow(
    'Unknown data set "minst"; did you mean "mnist"? Known: digits, mnist.',
  );
  await expect(load({ name: "toString" })).rejects.toThrow('Unknown data set "toString";');
});

test.each<[SourceRequest, string]>([
  [{ name: "digits", trainRows: 0 }, "digits: trainRows must be a whole number in [1, 900000]"],
  [{ name: "digits", labelNoise: -0.1 }, "digits: labelNoise must be a number in [0, 1]"],
  [{ name: "mnist", labelNoise: 0.1 }, 'mnist: Unknown parameter "labelNoise"; Known: trainRows.'],
  [{ name: "mnist", trainRows: 60_000 }, "mnist: trainRows must be a whole number in [1, 59999]"],
  [{ name: "mnist" }, "MNIST: the folder named by THE_FOLDER must hold train-images-idx3-ubyte"],
])("refuses %j", async (request, sentence) => {
  await expect(load(request)).rejects.toThrow(sentence);
});
