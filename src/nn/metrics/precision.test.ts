/** @file The contract of metrics for precision, against scikit-learn. */
import { describeMetric } from "../../../test/contract/describeMetric.js";
import {
  binary,
  multiclass,
  multilabel,
  pair,
  sklearn,
} from "../../../test/contract/metricSets.js";
import { precision } from "./precision.js";

const of = (
  { precision: averages }: { readonly precision: Readonly<Record<string, number>> },
  name: string,
) => averages[name];
const averages = ["macro", "micro", "weighted"] as const;

describeMetric("precision", {
  make: precision,
  cases: [
    {
      name: "auto, five classes",
      metric: "precision",
      ...multiclass,
      expected: of(sklearn.multiclass, "macro"),
    },
    {
      name: "auto, one unit",
      metric: "precision",
      ...binary,
      expected: of(sklearn.binary, "binary"),
    },
    {
      name: "auto, two units",
      metric: "precision",
      ...pair,
      expected: of(sklearn.binary, "binary"),
    },
    {
      name: "auto, labels",
      metric: "precision",
      ...multilabel,
      expected: of(sklearn.multilabel, "macro"),
    },
    {
      name: "threshold 0.8",
      metric: precision({ threshold: 0.8 }),
      ...binary,
      expected: of(sklearn.binary.strict, "binary"),
    },
    ...averages.flatMap((average) => [
      {
        name: `${average}, five classes`,
        metric: precision({ average }),
        ...multiclass,
        expected: of(sklearn.multiclass, average),
      },
      {
        name: `${average}, one unit`,
        metric: precision({ average }),
        ...binary,
        expected: of(sklearn.binary, average),
      },
      {
        name: `${average}, labels`,
        metric: precision({ average }),
        ...multilabel,
        expected: of(sklearn.multilabel, average),
      },
    ]),
  ],
  sentences: [
    [{ threshold: 2 }, "Precision: threshold must be a number in [0, 1]; got 2."],
    [{ average: "mean" }, 'Precision: Unknown average "mean"'],
  ],
});
