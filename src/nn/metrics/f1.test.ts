/** @file The contract of metrics for f1, against scikit-learn. */
import { describeMetric } from "../../../test/contract/describeMetric.js";
import {
  binary,
  multiclass,
  multilabel,
  pair,
  sklearn,
} from "../../../test/contract/metricSets.js";
import { f1 } from "./f1.js";

const of = ({ f1: averages }: { readonly f1: Readonly<Record<string, number>> }, name: string) =>
  averages[name];
const averages = ["macro", "micro", "weighted"] as const;

describeMetric("f1", {
  make: f1,
  cases: [
    {
      name: "auto, five classes",
      metric: "f1",
      ...multiclass,
      expected: of(sklearn.multiclass, "macro"),
    },
    { name: "auto, one unit", metric: "f1", ...binary, expected: of(sklearn.binary, "binary") },
    { name: "auto, two units", metric: "f1", ...pair, expected: of(sklearn.binary, "binary") },
    {
      name: "auto, labels",
      metric: "f1",
      ...multilabel,
      expected: of(sklearn.multilabel, "macro"),
    },
    {
      name: "threshold 0.8",
      metric: f1({ threshold: 0.8 }),
      ...binary,
      expected: of(sklearn.binary.strict, "binary"),
    },
    ...averages.flatMap((average) => [
      {
        name: `${average}, five classes`,
        metric: f1({ average }),
        ...multiclass,
        expected: of(sklearn.multiclass, average),
      },
      {
        name: `${average}, one unit`,
        metric: f1({ average }),
        ...binary,
        expected: of(sklearn.binary, average),
      },
      {
        name: `${average}, labels`,
        metric: f1({ average }),
        ...multilabel,
        expected: of(sklearn.multilabel, average),
      },
    ]),
  ],
  sentences: [
    [{ threshold: 2 }, "F1: threshold must be a number in [0, 1]; got 2."],
    [{ average: "mean" }, 'F1: Unknown average "mean"'],
  ],
});
