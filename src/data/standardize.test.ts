/** @file Standardization against scikit-learn's StandardScaler: test/fixtures/scripts/standard_scaler.py. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { dataset, type LabelledDataset } from "./dataset.js";
import { preprocess, type PreprocessingName } from "./preprocess.js";
import { fitStandardizer } from "./standardize.js";

interface Case {
  readonly scale: number;
  readonly train: readonly number[][];
  readonly held: readonly number[][];
  readonly mean: readonly number[];
  readonly standardDeviation: readonly number[];
  readonly transformedTrain: readonly number[][];
  readonly transformedHeld: readonly number[][];
}

const fixture = new URL("../../test/fixtures/standard_scaler.json", import.meta.url);
const cases = JSON.parse(readFileSync(fixture, "utf8")) as Record<"bytes" | "floats", Case>;

/** Of results in float32, of size up to 1e0: half a unit in the last place is 6e-8 of the value. */
const FLOAT32 = 1e-6;

function rowsOf(rows: readonly number[][], scale: number): LabelledDataset {
  const isBytes = scale !== 1;
  return dataset({
    name: "rows",
    features: isBytes ? Uint8Array.from(rows.flat()) : Float32Array.from(rows.flat()),
    featureShape: [rows[0].length],
    scale,
    labels: Int32Array.from(rows, (_, i) => i % 2),
    classes: 2,
  });
}

function expectNear(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i] - value)).toBeLessThanOrEqual(FLOAT32 * Math.max(1, Math.abs(value)));
  });
}

describe.each(["bytes", "floats"] as const)("fitStandardizer on %s", (name) => {
  const { scale, train, held, ...expected } = cases[name];
  const [trainRows, heldRows] = [train, held].map((rows) => rowsOf(rows, scale));
  const standardizer = fitStandardizer(trainRows);

  it("learns scikit-learn's means and standard deviations, constants included", () => {
    expectNear(standardizer.mean, expected.mean);
    expected.standardDeviation.forEach((value, i) => {
      expect(standardizer.standardDeviation[i] / value).toBeCloseTo(1, 10);
    });
  });

  it("gives scikit-learn's numbers for the rows it learned from and for others", () => {
    const [fitted, others] = [trainRows, heldRows].map((rows) => standardizer.apply(rows));
    expectNear(fitted.features, expected.transformedTrain.flat());
    expectNear(others.features, expected.transformedHeld.flat());
    expect(others).toMatchObject({ scale: 1, rows: held.length, labels: heldRows.labels });
  });

  it("refuses rows of another shape", () => {
    const narrow = rowsOf(
      train.map((row) => row.slice(1)),
      scale,
    );
    expect(() => standardizer.apply(narrow)).toThrow(
      `Data set "rows": rows must have the shape that was standardized, [${train[0].length}]; ` +
        `got [${train[0].length - 1}].`,
    );
  });
});

describe("preprocess", () => {
  const { train, held } = cases.bytes;
  const parts = {
    train: rowsOf(train, 1 / 255),
    validation: rowsOf(held, 1 / 255),
    test: rowsOf(held, 1 / 255),
  };

  it("learns nothing from validation and test rows", () => {
    const others = rowsOf(
      held.map((row) => row.map((value) => 255 - value)),
      1 / 255,
    );
    const [one, two] = [parts, { ...parts, validation: others, test: others }].map((each) =>
      preprocess("standardize", each),
    );
    expect(two.train.features).toEqual(one.train.features);
    expectNear(one.validation.features, cases.bytes.transformedHeld.flat());
    expectNear(one.test.features, cases.bytes.transformedHeld.flat());
  });

  it("leaves rows as they are by default", () => {
    expect(preprocess("scale", parts)).toEqual(parts);
  });

  it("refuses an unknown name with the nearest one", () => {
    const name = "standardise" as PreprocessingName;
    expect(() => preprocess(name, parts)).toThrow(
      'Data: Unknown preprocessing "standardise"; did you mean "standardize"? Known: scale, standardize.',
    );
  });
});
