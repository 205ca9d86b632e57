/** @file The contract of metrics for topKAccuracy, against scikit-learn; ties go to the first outputs. */
import { expect, it } from "vitest";
import { describeMetric } from "../../../test/contract/describeMetric.js";
import { flat } from "../../../test/contract/fixtures.js";
import { labels, sklearn } from "../../../test/contract/metricSets.js";
import { variable } from "../../graph/index.js";
import { topKAccuracy } from "./topKAccuracy.js";

const { logits, y, k: expected } = sklearn.topk;

describeMetric("topKAccuracy", {
  make: topKAccuracy,
  cases: [
    ...[1, 2, 3, 5].map((k) => ({
      name: `k = ${k}`,
      metric: topKAccuracy({ k }),
      before: flat(logits),
      activation: "softmax" as const,
      truth: labels(y, 6),
      expected: expected[k],
    })),
    {
      name: "ties, and a NaN, which is never right",
      metric: topKAccuracy({ k: 2 }),
      before: [1, 1, 1, 1, 1, 1, 1, 1, 1, NaN, 0, 1],
      activation: "linear",
      truth: labels([0, 1, 2, 2], 3),
      expected: 2 / 4,
    },
  ],
  sentences: [[{ k: 0 }, "TopKAccuracy: k must be a whole number of at least 1; got 0."]],
});

it("refuses a k beyond the classes, one unit, and several labels", () => {
  const { rows } = topKAccuracy.definition;
  const output = variable({ name: "output", shape: [2, 3] });
  const classes = variable({ name: "labels", shape: [2], dtype: "int32" });
  const target = { labels: classes, classes: 3 };
  expect(() => rows({ output }, target, { k: 4 })).toThrow(
    "TopKAccuracy: k must be at most the number of classes, 3; got 4.",
  );
  const several = { output, logits: output, probability: "sigmoid" } as const;
  expect(() => rows(several, { values: output }, { k: 1 })).toThrow(
    "TopKAccuracy: each row must have one class, and the last layer a unit for each class; got several labels for a row.",
  );
});
