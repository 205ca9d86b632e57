/** @file Adagrad against Keras' traces (keras_optimizers.json, Keras 3.15.1 in float64). */
import { describe, expect, it } from "vitest";
import { describeOptimizer } from "../../../test/contract/describeOptimizer.js";
import { kerasTrace } from "../../../test/contract/optimizerRuns.js";
import { adagrad } from "./adagrad.js";

describeOptimizer("adagrad", {
  make: adagrad,
  proximal: [adagrad({ learningRate: 0.5 })],
  traces: [
    kerasTrace("adagrad", adagrad({ learningRate: 0.1 }), "keras_optimizers"),
    kerasTrace(
      "adagrad_initial.01_eps1e-3",
      adagrad({ learningRate: 0.1, initialAccumulator: 0.01, epsilon: 1e-3 }),
      "keras_optimizers",
    ),
  ],
  sentences: [
    [
      { initialAccumulator: -1 },
      "Adagrad: initialAccumulator must be a number of at least 0; got -1.",
    ],
    [{ epsilon: 0 }, "Adagrad: epsilon must be a number greater than 0; got 0."],
  ],
});

describe("adagrad", () => {
  it("has the defaults of Keras", () => {
    expect(adagrad()).toEqual({
      kind: "adagrad",
      learningRate: 1e-3,
      initialAccumulator: 0.1,
      epsilon: 1e-7,
    });
  });
});
