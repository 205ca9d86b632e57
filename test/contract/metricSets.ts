/** @file Sets of predictions whose metrics scikit-learn 1.9 computed: scripts/sklearn_metrics.py. */
import type { Truth } from "../../src/nn/targets.js";
import type { MetricCase } from "./describeMetric.js";
import { flat, readFixture, type Nested } from "./fixtures.js";

type Averages = Readonly<Record<string, number>>;
type Confusion = Readonly<Record<"precision" | "recall" | "f1", Averages>>;

interface Fixture {
  readonly multiclass: Confusion & {
    readonly logits: Nested;
    readonly four: Nested;
    readonly y: readonly number[];
    readonly accuracy: number;
    readonly logLoss: number;
    readonly brier: number;
    readonly rocAucOfFour: number;
  };
  readonly topk: {
    readonly logits: Nested;
    readonly y: readonly number[];
    readonly k: Readonly<Record<string, number>>;
  };
  readonly binary: Confusion & {
    readonly logits: Nested;
    readonly y: readonly number[];
    readonly strict: Confusion;
    readonly accuracy: number;
    readonly rocAuc: number;
    readonly logLoss: number;
    readonly brier: number;
  };
  readonly multilabel: Confusion & {
    readonly p: Nested;
    readonly y: Nested;
    readonly rocAuc: number;
  };
  readonly regression: {
    readonly t: Nested;
    readonly y: Nested;
    readonly r2: number;
    readonly meanAbsoluteError: number;
    readonly rootMeanSquaredError: number;
    readonly constant: Readonly<Record<"perfect" | "other", number>>;
  };
}

export const sklearn = readFixture<Fixture>("sklearn_metrics");

export const labels = (values: readonly number[], classes: number): Truth => ({
  labels: Int32Array.from(values),
  classes,
});

export const numbers = (values: Nested, size: number): Truth => ({
  targets: Float32Array.from(flat(values)),
  targetShape: [size],
});

type Set = Pick<MetricCase, "before" | "activation" | "truth">;

const logit = (p: number): number => Math.log(p) - Math.log1p(-p);

/** Five classes, the last of which does not occur. */
export const multiclass: Set = {
  before: flat(sklearn.multiclass.logits),
  activation: "softmax",
  truth: labels(sklearn.multiclass.y, 5),
};
/** One unit. */
export const binary: Set = {
  before: flat(sklearn.binary.logits),
  activation: "sigmoid",
  truth: labels(sklearn.binary.y, 2),
};
/** The same as two units: the logit of the first is 0. */
export const pair: Set = {
  before: flat(sklearn.binary.logits).flatMap((z) => [0, z]),
  activation: "softmax",
  truth: labels(sklearn.binary.y, 2),
};
/** Three labels for a row. */
export const multilabel: Set = {
  before: flat(sklearn.multilabel.p).map(logit),
  activation: "sigmoid",
  truth: numbers(sklearn.multilabel.y, 3),
};
export const regression: Set = {
  before: flat(sklearn.regression.y),
  activation: "linear",
  truth: numbers(sklearn.regression.t, 2),
};
