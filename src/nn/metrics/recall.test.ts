/** @file The contract of metrics for recall, against scikit-learn. */
import { describeMetric } from "../../../test/contract/describeMetric.js";
import {
  binary,
  multiclass,
  multilabel,
  pair,
  sklearn,
} from "../../../test/contract/metricSets.js";
import { recall } from "./recall.js";

const of = (
  { recall: averages }: { readonly recall: Readonly<Record<string, number>> },
  name: string,
) => averages[name];
const averages = ["macro", "micro", "weighted"] as const;

describeMetric("recall", {
  make: recall,
  cases: [
    {
      name: "auto, five classes",
      metric: "recall",
      ...multiclass,
      expected: of(sklearn.multiclass, "macro"),
    },
    { name: "auto, one unit", metric: "recall", ...binary, expected: of(sklearn.binary, "binary") },
    { name: "auto, two units", metric: "recall", ...pair, expected: of(sklearn.binary, "binary") },
    {
      name: "auto, labels",
      metric: "recall",
      ...multilabel,
      expected: of(sklearn.multilabel, "macro"),
    },
    {
      name: "threshold 0.8",
      metric: recall({ threshold: 0.8 }),
      ...binary,
      expected: of(sklearn.binary.strict, "binary"),
    },
    ...averages.flatMap((average) => [
      {
        name: `${average}, five classes`,
        metric: recall({ average }),
        ...multiclass,
        expected: of(sklearn.multiclass, average),
      },
      {
        name: `${average}, one unit`,
        metric: recall({ average }),
        ...binary,
        expected: of(sklearn.binary, average),
      },
      {
        name: `${average}, labels`,
        metric: recall({ average }),
        ...multilabel,
        expected: of(sklearn.multilabel, average),
      },
    ]),
  ],
  sentences: [
    [{ threshold: 2 }, "Recall: threshold must be a number in [0, 1]; got 2."],
    [{ average: "mean" }, 'Recall: Unknown average "mean"'],
  ],
});
