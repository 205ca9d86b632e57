/** @file The real MNIST, where there is one: its known contents (LeCun et al., 1998) and its checksums. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { DataAccess } from "./access.js";
import { mnist } from "./mnist.js";

const folder = process.env.HOLDOUT_DATA_DIR;

const read = async (path: string): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  try {
    return await readFile(join(folder ?? "", path));
  } catch {
    return undefined;
  }
};

test("loads 60,000 and 10,000 images of 28 x 28 with the published class counts", async (context) => {
  if (folder === undefined) return context.skip("HOLDOUT_DATA_DIR is not set: no MNIST");
  const access: DataAccess = {
    folderSetting: "HOLDOUT_DATA_DIR",
    givenFolder: { locate: (path) => path, read },
    fetch: () => Promise.reject(new Error("no network in tests")),
  };
  const { train, test: held } = await mnist(access);
  expect(train).toMatchObject({ name: "mnist", rows: 60_000, featureShape: [28, 28], classes: 10 });
  expect(held.rows).toBe(10_000);
  const counts = (labels: Int32Array): number[] =>
    Array.from({ length: 10 }, (_, digit) => labels.filter((label) => label === digit).length);
  expect(counts(train.labels)).toEqual([
    5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949,
  ]);
  expect(counts(held.labels)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  // Mean and standard deviation of all training pixels, as PyTorch's MNIST example normalizes them.
  let [sum, squares] = [0, 0];
  for (const byte of train.features) {
    sum += byte;
    squares += byte * byte;
  }
  const mean = sum / train.features.length / 255;
  expect(mean).toBeCloseTo(0.1307, 4);
  expect(Math.sqrt(squares / train.features.length / 255 ** 2 - mean ** 2)).toBeCloseTo(0.3081, 4);
});
