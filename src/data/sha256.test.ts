/** @file SHA-256 against the examples of FIPS 180-4, and the hash of data sets against its own definition. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { LabelledFields, TargetFields } from "./fields.js";
import { hashDataset, sha256 } from "./sha256.js";
import { sharedBytes } from "./sharedArrays.js";

const data: LabelledFields = {
  name: "a",
  features: Uint8Array.from([1, 2, 3, 4]),
  featureShape: [1, 2],
  scale: 0.5,
  labels: Int32Array.from([1, 0]),
  classes: 2,
};

test.each([
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
])("gives the published digest of %j", async (text, digest) => {
  expect(await sha256(new TextEncoder().encode(text))).toBe(digest);
});

test("hashes shared memory and parts of a buffer like any other bytes", async () => {
  const shared = sharedBytes(5);
  shared.set(new TextEncoder().encode("xabcx"));
  expect(await sha256(shared.subarray(1, 4))).toBe(await sha256(new TextEncoder().encode("abc")));
});

test("a data set's hash is what its definition says", async () => {
  const hex = (bytes: Uint8Array | string): string =>
    createHash("sha256").update(bytes).digest("hex");
  const labels = hex(Uint8Array.from([1, 0, 0, 0, 0, 0, 0, 0]));
  const line = `1x2 1 0.5 2 ${hex(Uint8Array.from([1, 2, 3, 4]))} ${labels}\n`;
  expect(await hashDataset(data)).toBe(hex(line));
  expect(await hashDataset(data, data)).toBe(hex(line + line));
});

test("features that are part of a longer array hash like their copy", async () => {
  const features = Uint8Array.from([9, 1, 2, 3, 4, 9]).subarray(1, 5);
  expect(await hashDataset({ ...data, features })).toBe(await hashDataset(data));
});

test("every field but the name changes the hash", async () => {
  const changes: Partial<LabelledFields>[] = [
    { features: Uint8Array.from([1, 2, 3, 5]) },
    { featureShape: [2, 1] },
    { scale: 1 },
    { labels: Int32Array.from([1, 1]) },
    { classes: 3 },
  ];
  const hashes = changes.map((change) => hashDataset({ ...data, ...change }));
  const all = new Set([...(await Promise.all(hashes)), await hashDataset(data)]);
  expect(all.size).toBe(changes.length + 1);
  expect(await hashDataset({ ...data, name: "b" })).toBe(await hashDataset(data));
});

test("targets, their shape and sample weights change the hash too", async () => {
  const { labels, classes, ...rest } = data;
  const numbers: TargetFields = { ...rest, targets: Float32Array.of(0, 1), targetShape: [1] };
  const parts = [
    data,
    { ...data, sampleWeights: Float32Array.of(1, 1) },
    { ...data, sampleWeights: Float32Array.of(1, 2) },
    numbers,
    { ...numbers, targets: Float32Array.of(0, 2) },
    { ...numbers, targets: Float32Array.of(0, 1, 0, 0), targetShape: [2] },
    { ...numbers, targets: Float32Array.of(0, 1, 0, 0), targetShape: [2, 1] },
  ];
  const hashes = await Promise.all(parts.map((part) => hashDataset(part)));
  expect(new Set(hashes).size).toBe(parts.length);
  expect([labels.length, classes]).toEqual([2, 2]);
});
