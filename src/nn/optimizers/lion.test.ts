/** @file Lion against Keras' traces (keras_optimizers.json, Keras 3.15.1 in float64). */
import { describe, expect, it } from "vitest";
import { describeOptimizer } from "../../../test/contract/describeOptimizer.js";
import { engines } from "../../../test/contract/engines.js";
import { kerasTrace, startRun } from "../../../test/contract/optimizerRuns.js";
import { lion } from "./lion.js";

describeOptimizer("lion", {
  make: lion,
  proximal:
    "Lion: weights must have no penalty with proximal steps; weight has one. " +
    'Give the penalty method: "subgradient", or take another optimizer.',
  traces: [
    kerasTrace("lion", lion({ learningRate: 0.01 }), "keras_optimizers"),
    kerasTrace(
      "lion_betas",
      lion({ learningRate: 0.01, beta1: 0.7, beta2: 0.8 }),
      "keras_optimizers",
    ),
  ],
  sentences: [
    [{ beta1: 1 }, "Lion: beta1 must be a number in [0, 1); got 1."],
    [{ beta2: -0.5 }, "Lion: beta2 must be a number in [0, 1); got -0.5."],
  ],
});

describe("lion", () => {
  it("has the defaults of Keras", () => {
    expect(lion()).toEqual({ kind: "lion", learningRate: 1e-3, beta1: 0.9, beta2: 0.99 });
  });

  it.each(engines)("hides no gradient that is NaN, on $name", async ({ create }) => {
    const trace = {
      name: "NaN",
      spec: lion(),
      start: [1],
      gradients: [[NaN]],
      expected: new Map(),
    };
    expect((await startRun(await create(), trace)).updates(1, 1)[0][0]).toBeNaN();
  });
});
