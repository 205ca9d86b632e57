/** @file SGD against PyTorch (golden_torch.json) and Keras (golden_keras.json, keras_sgd_lr.json), all float64. */
import { describe, expect, it } from "vitest";
import { describeOptimizer } from "../../../test/contract/describeOptimizer.js";
import { readFixture } from "../../../test/contract/fixtures.js";
import {
  GOLDEN_RUN,
  kerasTrace,
  torchTrace,
  type Trace,
} from "../../../test/contract/optimizerRuns.js";
import { sgd } from "./sgd.js";

type Weights = readonly number[];
type GoldenRates = Readonly<Record<string, { readonly lrs: Weights; readonly keras: Weights }>>;
const changing = readFixture<GoldenRates>("keras_sgd_lr");

const specs = {
  sgd: sgd({ learningRate: 0.1 }),
  sgd_momentum: sgd({ learningRate: 0.1, momentum: 0.9 }),
  sgd_nesterov: sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true }),
};

const constant = Object.entries(specs).flatMap(([name, spec]) => [
  torchTrace(name, spec),
  kerasTrace(name, spec, "golden_keras"),
]);

const dropping = [false, true].map((nesterov): Trace => {
  const { lrs, keras: last } = changing[nesterov ? "nesterov=True" : "nesterov=False"];
  return {
    name: `a learning rate that drops after 5 updates, nesterov ${nesterov}`,
    spec: sgd({ learningRate: 0.1, momentum: 0.9, nesterov }),
    ...GOLDEN_RUN,
    learningRates: lrs,
    expected: new Map([[10, last]]),
  };
});

describeOptimizer("sgd", {
  make: sgd,
  remembering: specs.sgd_nesterov,
  proximal: Object.values(specs),
  traces: [...constant, ...dropping],
  sentences: [
    [{ learningRate: 0 }, "SGD: learningRate must be a number greater than 0; got 0."],
    [{ momentum: 1 }, "SGD: momentum must be a number in [0, 1); got 1."],
    [{ momentum: 0.9, nesterov: "yes" }, "SGD: nesterov must be true or false; got yes."],
    [{ nesterov: true }, "SGD: momentum must be greater than 0 with nesterov; got 0."],
  ],
});

describe("sgd", () => {
  it("has the defaults of Keras", () => {
    expect(sgd()).toEqual({ kind: "sgd", learningRate: 0.01, momentum: 0, nesterov: false });
  });
});
