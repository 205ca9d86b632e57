/** @file Accuracy: ties go to the first class, as in Keras (argmax of NumPy). */
import { describe, expect, it } from "vitest";
import { describeMetric } from "../../../test/contract/describeMetric.js";
import { binary, multiclass, numbers, sklearn } from "../../../test/contract/metricSets.js";
import { valuesOf } from "../../../test/contract/numbers.js";
import { variable } from "../../graph/index.js";
import { accuracy } from "./accuracy.js";

const output = variable({ name: "output", shape: [4, 3] });
const logits = variable({ name: "logits", shape: [4, 3] });
const labels = variable({ name: "labels", shape: [4], dtype: "int32" });
const target = { labels, classes: 3 };
const rows = [
  [0.1, 0.7, 0.2],
  [0.4, 0.4, 0.2],
  [0.4, 0.4, 0.2],
  [0.3, 0.3, 0.4],
];

const ofUnits = sklearn.binary.accuracy;

describeMetric("accuracy", {
  make: accuracy,
  cases: [
    { name: "classes", metric: "accuracy", ...multiclass, expected: sklearn.multiclass.accuracy },
    { name: "one unit", metric: "accuracy", ...binary, expected: ofUnits },
    {
      name: "one unit, numbers",
      metric: "accuracy",
      ...binary,
      truth: numbers(sklearn.binary.y, 1),
      expected: ofUnits,
    },
    {
      name: "one-hot",
      metric: "accuracy",
      before: [1, 2, 0, 3, 2, 1],
      activation: "softmax",
      truth: numbers([0, 1, 0, 0, 1, 0], 3),
      expected: 0.5,
    },
    {
      name: "several labels, unit by unit",
      metric: "accuracy",
      before: [1, -2, 3, 4, -5, 6],
      activation: "sigmoid",
      truth: numbers([1, 0, 0, 1, 1, 1], 3),
      expected: 4 / 6,
    },
  ],
  sentences: [[{ threshold: 0.5 }, 'Unknown parameter "threshold"']],
});

describe("accuracy", () => {
  it("counts the first of equal outputs", () => {
    const scores = accuracy.definition.rows({ output }, target, {});
    const values = new Map([
      [output, rows.flat()],
      [labels, [1, 0, 1, 2]],
    ]);
    expect([...valuesOf([scores], values)[0]]).toEqual([1, 1, 0, 1]);
  });

  it("tells apart by their logits probabilities that round to the same number", () => {
    const scores = accuracy.definition.rows({ output, logits }, target, {});
    const values = new Map([
      [output, new Array<number>(12).fill(1)],
      [logits, [20, 30, 40, 1, 2, 3, 3, 2, 1, 0, 1, 0]],
      [labels, [2, 2, 0, 1]],
    ]);
    expect([...valuesOf([scores], values)[0]]).toEqual([1, 1, 1, 1]);
  });
});
