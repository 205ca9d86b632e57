/** @file Splits against the rows that scikit-learn 1.2 gave (test/fixtures/golden_split.json): SHA-256 of all, and some. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { kFold, splitRows } from "./split.js";

interface SplitCase {
  readonly n: number;
  readonly test_size: number;
  readonly random_state: number;
  readonly stratify: string | null;
  readonly sha256_train: string;
  readonly sha256_test: string;
  readonly first10_train: readonly number[];
  readonly first10_test: readonly number[];
  readonly y_sha256_i64?: string;
}

const fixture = new URL("../../test/fixtures/golden_split.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, "utf8")) as {
  cases: Record<string, SplitCase> & { kfold5_n23_s42: number[][] };
};

/** The labels of scikit-learn's load_digits(), one character each. */
const SKLEARN_DIGITS =
  "012345678901234567890123456789095565098984177351002278201263373346664915095282001763217463" +
  "139176843140536961754472822579548849089801234567890123456789012345678909556509898417735100" +
  "227820126337334666491509528200176321731391768431405369617544728225548849089801234567890123" +
  "456789012345678909556509898417735100227820126337334666491509528200176321746313917684314053" +
  "696175447282257954884908930123456789012345678901234567890955650989841773510022782012633733" +
  "466649150952820017632174631391768431405369617544728225795488490898012345678901234567890123" +
  "456789095565098984177351002278201263373346664915095282001763217463139176843140536961754472" +
  "822579548849089801234567890123456789012345678909556509898417735100227820126337334666491509" +
  "528200176321746313917684314053696175447282257954884908980123456789012345678901234567890955" +
  "650989841773510022782012633733466649150952820017632174631391768431405369617544728225795488" +
  "490898123456789012345678901234567890955650989841773512782012633733466649150952820017632146" +
  "313917684314053696175447282257954490898012345678901234567890123456789095565098984177351007" +
  "820126337334666491509528200176321746313917684314053696175447282257954884908980123456789012" +
  "345678901234567890955650989841773510022782012633733466649150952820017632174631391768431405" +
  "369617544728225795488490898012345678901234567890123456789095565098984177351002278201263373" +
  "346664915095282001763217463139176843140536961754472822579548849080123456789012345678901234" +
  "567890955650989841773510022782012633733466649150952820017632174631391768431405369617544728" +
  "225795488490898012345678901234569012345678909556509898417735100227820126337334666491509528" +
  "017632174631391768431405369617544722579544908980123456789012345678901234567890955650989841" +
  "773510022782012633733466649150952820017632174631391768431405369617544728225795488490898";

const digits = Int32Array.from(SKLEARN_DIGITS, Number);
const tie = Int32Array.from([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 3, 3, 3, 3]);

/** SHA-256 of the numbers as NumPy's int64, little-endian, which is how the fixture was made. */
const sha256 = (numbers: Int32Array): string =>
  createHash("sha256")
    .update(BigInt64Array.from([...numbers], BigInt))
    .digest("hex");

function expectCase(name: string, labels: Int32Array): void {
  const golden = cases[name];
  const { train, validation } = splitRows(labels, {
    validation: golden.test_size,
    seed: golden.random_state,
    stratify: golden.stratify !== null,
  });
  expect([...train.subarray(0, 10)]).toEqual(golden.first10_train);
  expect([...validation.subarray(0, 10)]).toEqual(golden.first10_test);
  expect(sha256(train)).toBe(golden.sha256_train);
  expect(sha256(validation)).toBe(golden.sha256_test);
}

describe("scikit-learn's rows", () => {
  const plain = Object.keys(cases).filter((name) => cases[name].stratify === null);
  test.each(plain)("%s", (name) => expectCase(name, new Int32Array(cases[name].n)));

  test("the labels of load_digits are copied rightly", () => {
    expect(sha256(digits)).toBe(cases["digits1797_t0.2_s42_stratified"].y_sha256_i64);
  });
  test("digits1797_t0.2_s42_stratified", () =>
    expectCase("digits1797_t0.2_s42_stratified", digits));
  test("tie19_t0.4_s42_stratified: equal remainders", () =>
    expectCase("tie19_t0.4_s42_stratified", tie));

  test("mnist60000_t0.1_s42_stratified", ({ skip }) => {
    const folder = process.env.HOLDOUT_DATA_DIR;
    if (folder === undefined) return skip("HOLDOUT_DATA_DIR is not set: no MNIST labels");
    const file = gunzipSync(readFileSync(join(folder, "mnist", "train-labels-idx1-ubyte.gz")));
    expectCase("mnist60000_t0.1_s42_stratified", Int32Array.from(file.subarray(8)));
  });

  test("kfold5_n23_s42", () => {
    const folds = kFold({ rows: 23, folds: 5, seed: 42 });
    expect(folds.map(({ validation }) => [...validation])).toEqual(cases.kfold5_n23_s42);
    for (const { train, validation } of folds) {
      expect([...train, ...validation].sort((a, b) => a - b)).toEqual([...Array(23).keys()]);
      expect(train).toEqual(train.slice().sort());
    }
  });
});

test("a whole number of rows is held out as it is", () => {
  // sklearn.model_selection.train_test_split(range(10), test_size=3, random_state=4294967295)
  const { train, validation } = splitRows(new Int32Array(10), { validation: 3, seed: 4294967295 });
  expect([...validation]).toEqual([6, 9, 5]);
  expect([...train]).toEqual([1, 8, 0, 7, 4, 2, 3]);
});

test("remainders that are equal only up to rounding are told apart as scikit-learn does", () => {
  // train_test_split(range(15), test_size=5, random_state=42, stratify=[0] * 2 + [1] * 5 + [2] * 8)
  const labels = Int32Array.from([0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2]);
  const { train, validation } = splitRows(labels, { validation: 5, seed: 42, stratify: true });
  expect([...train]).toEqual([1, 7, 8, 0, 9, 12, 3, 6, 4, 10]);
  expect([...validation]).toEqual([14, 13, 2, 11, 5]);
});

describe("an impossible split gets its sentence", () => {
  const ten = new Int32Array(10);
  test.each([0, -0.1, 1.5, 10, 11, NaN, Infinity])("validation %s of ten rows", (validation) => {
    expect(() => splitRows(ten, { validation, seed: 1 })).toThrow(
      `split: validation must be a fraction in (0, 1) or a whole number of rows in [1, 9]; got ` +
        `${validation} for 10 rows.`,
    );
  });
  test("a fraction that leaves nothing to train on", () => {
    expect(() => splitRows(ten, { validation: 0.95, seed: 1 })).toThrow(
      "split: validation must leave at least one row to train on; got 0.95 of 10 rows.",
    );
  });
  test.each([-1, 0.5, 2 ** 32])("seed %s", (seed) => {
    expect(() => splitRows(ten, { validation: 0.5, seed })).toThrow(
      `split: seed must be a whole number in [0, 4294967295]; got ${seed}.`,
    );
  });
  test("stratified, with a class of one row", () => {
    const labels = Int32Array.from([0, 0, 0, 7]);
    expect(() => splitRows(labels, { validation: 0.5, seed: 1, stratify: true })).toThrow(
      "split: stratify needs at least 2 rows of each class; got 1 of class 7.",
    );
  });
  test("stratified, with fewer rows held out than classes", () => {
    expect(() => splitRows(tie, { validation: 3, seed: 1, stratify: true })).toThrow(
      "the validation part must have at least one row for each of the 4 classes; got 3 rows.",
    );
    expect(() => splitRows(tie, { validation: 16, seed: 1, stratify: true })).toThrow(
      "the train part must have at least one row for each of the 4 classes; got 3 rows.",
    );
  });
  test.each([1, 24, 2.5])("%s folds of 23 rows", (folds) => {
    expect(() => kFold({ rows: 23, folds, seed: 1 })).toThrow(
      `kFold: folds must be a whole number in [2, 23]; got ${folds}. No fold may be empty.`,
    );
  });
});
