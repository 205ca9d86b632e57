/** @file The IDX reader: what it reads, and its sentence for each way in which a file can be wrong. */
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Bytes, NamedFile } from "./access.js";
import { gunzip, idxDataset, readIdx } from "./idx.js";

const file = (name: string, bytes: Iterable<number>): NamedFile => ({
  name,
  bytes: Uint8Array.from(bytes),
});

/** An IDX file byte by byte, as its published description lays it out. */
function idxBytes(shape: readonly number[], values: readonly number[]): number[] {
  const sizes = shape.flatMap((size) => [0, 0, size >> 8, size & 255]);
  return [0, 0, 8, shape.length, ...sizes, ...values];
}

const images = file("images", idxBytes([2, 1, 3], [1, 2, 3, 4, 5, 255]));
const labels = file("labels", idxBytes([2], [9, 0]));
const load = (changed: { images?: NamedFile; labels?: NamedFile }) =>
  idxDataset({ name: "tiny", images, labels, classes: 10, ...changed });

test("images and labels become a data set of bytes to be scaled by 1 / 255", () => {
  const data = load({});
  expect(data).toMatchObject({ name: "tiny", rows: 2, featureShape: [1, 3], scale: 1 / 255 });
  expect([...data.features]).toEqual([1, 2, 3, 4, 5, 255]);
  expect([...data.labels]).toEqual([9, 0]);
  expect(data.features.buffer).toBeInstanceOf(SharedArrayBuffer);
});

test("reads a file that lies in the middle of a buffer", () => {
  const padded = Uint8Array.from([7, 7, ...labels.bytes, 7]);
  const inside = { name: "labels", bytes: padded.subarray(2, -1) };
  expect([...readIdx(inside, 1).values]).toEqual([9, 0]);
});

describe("gunzip", () => {
  const zipped = (bytes: Bytes): Bytes => Uint8Array.from(gzipSync(bytes));

  test("unpacks gzip and leaves everything else as it is", async () => {
    expect(await gunzip({ name: "a.gz", bytes: zipped(images.bytes) })).toEqual(images.bytes);
    expect(await gunzip({ name: "a.gz", bytes: images.bytes })).toBe(images.bytes);
  });

  test.each([2, 12, 30, -1])("gives its sentence when cut off at byte %s", async (end) => {
    const bytes = zipped(Uint8Array.from({ length: 500 }, (_, i) => (i * i) % 251)).slice(0, end);
    await expect(gunzip({ name: "a.gz", bytes })).rejects.toThrow(
      `a.gz: the gzip data must be complete and intact; got ${bytes.length} bytes that end early ` +
        "or are damaged. Delete it, or replace it with the original.",
    );
  });

  test("gives its sentence for a damaged byte", async () => {
    const bytes = zipped(images.bytes);
    bytes[bytes.length - 6] ^= 1;
    await expect(gunzip({ name: "a.gz", bytes })).rejects.toThrow("a.gz: the gzip data must be");
  });
});

describe("a wrong file is named with what is wrong", () => {
  test.each<[string, { images?: NamedFile; labels?: NamedFile }, string]>([
    [
      "labels in place of images",
      { images: file("images", labels.bytes) },
      "images: the magic number must be 2051 (IDX, unsigned bytes, 3 dimensions); got 2049.",
    ],
    [
      "images in place of labels",
      { labels: file("labels", images.bytes) },
      "labels: the magic number must be 2049 (IDX, unsigned bytes, 1 dimensions); got 2051.",
    ],
    [
      "an empty file",
      { images: file("images", []) },
      "images: the magic number must be 2051 (IDX, unsigned bytes, 3 dimensions); got only 0 bytes.",
    ],
    [
      "half a header",
      { images: file("images", images.bytes.slice(0, 9)) },
      "images: the header must take 16 bytes; got 9.",
    ],
    [
      "a missing byte",
      { images: file("images", images.bytes.slice(0, -1)) },
      "images: the file must have 22 bytes, for 2 x 1 x 3 values; got 21. " +
        "Delete it, or replace it with the original.",
    ],
    [
      "a byte too many",
      { labels: file("labels", [...labels.bytes, 1]) },
      "labels: the file must have 10 bytes, for 2 values; got 11.",
    ],
    [
      "another number of labels",
      { labels: file("labels", idxBytes([3], [1, 2, 3])) },
      "labels: there must be one label for each of the 2 images of images; got 3 labels. " +
        "The files are not of one data set.",
    ],
    [
      "a label that is no class",
      { labels: file("labels", idxBytes([2], [3, 10])) },
      "labels: the label of row 1 must be a whole number in [0, 9]; got 10.",
    ],
  ])("%s", (_what, changed, sentence) => {
    expect(() => load(changed)).toThrow(sentence);
  });
});
