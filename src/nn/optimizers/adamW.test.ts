/** @file AdamW against Keras' traces (golden_keras.json, keras_optimizers.json, Keras 3.15.1 in float64). */
import { describe, expect, it } from "vitest";
import { describeOptimizer } from "../../../test/contract/describeOptimizer.js";
import { kerasTrace } from "../../../test/contract/optimizerRuns.js";
import { adam } from "./adam.js";
import { adamW } from "./adamW.js";

describeOptimizer("adamW", {
  make: adamW,
  withoutDecay: adam(),
  proximal: [adamW({ learningRate: 0.01, weightDecay: 0 })],
  traces: [
    kerasTrace("adamw_default", adamW(), "keras_optimizers"),
    kerasTrace("adamw_wd.05", adamW({ learningRate: 0.01, weightDecay: 0.05 }), "golden_keras"),
  ],
  sentences: [
    [{ weightDecay: -1 }, "AdamW: weightDecay must be a number of at least 0; got -1."],
    [{ beta1: 1 }, "AdamW: beta1 must be a number in [0, 1); got 1."],
    [
      { clipNorm: 1, globalClipNorm: 1 },
      "AdamW: at most one of clipValue, clipNorm and globalClipNorm must be given; got clipNorm and globalClipNorm.",
    ],
  ],
});

describe("adamW", () => {
  it("decays by 0.004 by default, as in Keras, and is Adam otherwise", () => {
    expect(adamW()).toEqual({ ...adam(), kind: "adamW", weightDecay: 0.004 });
  });
});
