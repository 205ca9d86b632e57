/** @file Data sets: what is refused, and that rows keep their features and labels when they are taken. */
import { expect, test } from "vitest";
import { dataset, datasetFields } from "./dataset.js";
import type { LabelledFields, TargetFields } from "./fields.js";

const fields: LabelledFields = {
  name: "small",
  features: Float32Array.from([0, 1, 10, 11, 20, 21, 30, 31]),
  featureShape: [2],
  scale: 1,
  labels: Int32Array.from([0, 1, 2, 1]),
  classes: 3,
};

const isShared = (array: ArrayBufferView): boolean => array.buffer instanceof SharedArrayBuffer;

test("taking rows gives them in the order asked for, with repeats, in shared memory", () => {
  const taken = dataset(fields).take(Int32Array.from([2, 0, 2]));
  expect([...taken.features]).toEqual([20, 21, 0, 1, 20, 21]);
  expect([...taken.labels]).toEqual([2, 0, 2]);
  expect(taken.rows).toBe(3);
  expect(taken).toMatchObject({ name: "small", featureShape: [2], scale: 1, classes: 3 });
  expect(isShared(taken.features) && isShared(taken.labels)).toBe(true);
});

test("bytes stay bytes when rows are taken", () => {
  const bytes = dataset({ ...fields, features: Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]) });
  expect(bytes.take(Int32Array.of(3)).features).toEqual(Uint8Array.from([7, 8]));
});

test("a row of no axes is one number", () => {
  const scalars = dataset({ ...fields, featureShape: [], features: Float32Array.of(5, 6, 7, 8) });
  expect([...scalars.take(Int32Array.of(2)).features]).toEqual([7]);
});

test("both parts of a split together are all rows, each with its own label", () => {
  const { train, validation } = dataset(fields).split({ validation: 1, seed: 42 });
  expect([train.rows, validation.rows]).toEqual([3, 1]);
  const pairs = [train, validation].flatMap(({ features, labels }) =>
    Array.from(labels, (label, row) => [features[2 * row], label]),
  );
  expect(pairs.sort(([a], [b]) => a - b)).toEqual([
    [0, 0],
    [10, 1],
    [20, 2],
    [30, 1],
  ]);
});

test("the plain fields survive a structured clone, as on the way to a worker", () => {
  const received = structuredClone(datasetFields(dataset(fields)));
  expect(received).toEqual(fields);
  expect(dataset(received).rows).toBe(4);
});

test.each<[string, Partial<LabelledFields>, string]>([
  [
    "a label too large",
    { labels: Int32Array.from([0, 1, 3, 1]) },
    'Data set "small": the label of row 2 must be a whole number in [0, 2]; got 3. ' +
      "Correct the label, or raise the number of classes.",
  ],
  [
    "a negative label",
    { labels: Int32Array.from([0, -1, 2, 1]) },
    'Data set "small": the label of row 1 must be a whole number in [0, 2]; got -1.',
  ],
  [
    "NaN",
    { features: Float32Array.from([0, 1, 2, 3, 4, NaN, 6, 7]) },
    'Data set "small": features must be finite numbers; got NaN in row 2, feature 1.',
  ],
  [
    "infinity",
    { features: Float32Array.from([0, -Infinity, 2, 3, 4, 5, 6, 7]) },
    'Data set "small": features must be finite numbers; got -Infinity in row 0, feature 1.',
  ],
  [
    "too few features",
    { features: new Float32Array(7) },
    'Data set "small": features must hold 8 numbers, for 4 labels and shape [2]; got 7.',
  ],
  [
    "no rows",
    { features: new Float32Array(0), labels: new Int32Array(0) },
    'Data set "small": there must be at least one row; got none.',
  ],
  [
    "a shape that is no shape",
    { featureShape: [2.5] },
    'Data set "small": featureShape[0] must be a whole number of at least 1; got 2.5.',
  ],
  [
    "one class",
    { classes: 1 },
    'Data set "small": classes must be a whole number of at least 2; got 1.',
  ],
  [
    "a scale of zero",
    { scale: 0 },
    'Data set "small": scale must be a number greater than 0; got 0.',
  ],
])("refuses %s", (_what, changed, sentence) => {
  expect(() => dataset({ ...fields, ...changed })).toThrow(sentence);
});

test.each([
  [[], "take needs at least one row; got none."],
  [[0, 4], "a row number must be in [0, 3]; got 4."],
  [[-1], "a row number must be in [0, 3]; got -1."],
])("refuses to take rows %j", (rows, sentence) => {
  const taking = (): unknown => dataset(fields).take(Int32Array.from(rows));
  expect(taking).toThrow(`Data set "small": ${sentence}`);
});

const numbers: TargetFields = {
  name: "numbers",
  features: Float32Array.from([0, 1, 10, 11, 20, 21, 30, 31]),
  featureShape: [2],
  scale: 1,
  targets: Float32Array.from([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5]),
  targetShape: [2],
  sampleWeights: Float32Array.from([1, 2, 3, 4]),
};

test("rows keep their targets and weights when they are taken and split", () => {
  const taken = dataset(numbers).take(Int32Array.from([2, 0]));
  expect([...taken.targets]).toEqual([2, 2.5, 0, 0.5]);
  expect(taken.sampleWeights).toEqual(Float32Array.of(3, 1));
  expect(isShared(taken.targets)).toBe(true);
  const { train, validation } = dataset(numbers).split({ validation: 1, seed: 42 });
  for (const part of [train, validation]) {
    expect([...part.targets].filter((_, i) => i % 2 === 0)).toEqual(
      [...part.features].filter((_, i) => i % 2 === 0).map((feature) => feature / 10),
    );
  }
  expect(structuredClone(datasetFields(dataset(numbers)))).toEqual(numbers);
});

test.each<[string, Partial<TargetFields>, string]>([
  [
    "too few features",
    { features: new Float32Array(6) },
    'Data set "numbers": features must hold 8 numbers, for 4 rows of targets and shape [2]; got 6.',
  ],
  [
    "a part of a row of targets",
    { targets: new Float32Array(9) },
    'Data set "numbers": targets must hold 8 numbers, for 4 rows and shape [2]; got 9.',
  ],
  [
    "a target that is not finite",
    { targets: Float32Array.from([0, 0, 0, NaN, 0, 0, 0, 0]) },
    'Data set "numbers": targets must be finite numbers; got NaN in row 1, target 1. Fill or remove it first.',
  ],
  [
    "a target shape of no length",
    { targetShape: [0] },
    'Data set "numbers": targetShape[0] must be a whole number of at least 1; got 0.',
  ],
  [
    "too few weights",
    { sampleWeights: Float32Array.of(1) },
    'Data set "numbers": sampleWeights must be one finite number of at least 0 for each of the 4 rows; got 1.',
  ],
  [
    "a weight below 0",
    { sampleWeights: Float32Array.of(1, -1, 1, 1) },
    'Data set "numbers": sampleWeights must be one finite number of at least 0 for each of the 4 rows; got -1 in row 1.',
  ],
])("targets: refuses %s", (_, change, sentence) => {
  expect(() => dataset({ ...numbers, ...change })).toThrow(sentence);
});

test("a stratified split asks for labels", () => {
  expect(() => dataset(numbers).split({ validation: 1, seed: 1, stratify: true })).toThrow(
    'Data set "numbers": stratify must come with labels; got numbers as targets. Leave it out.',
  );
});
