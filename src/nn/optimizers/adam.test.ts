/** @file Adam against Keras' own traces (golden_keras.json, Keras 3.15.1 in float64). */
import { describe, expect, it } from "vitest";
import { describeOptimizer } from "../../../test/contract/describeOptimizer.js";
import { kerasTrace } from "../../../test/contract/optimizerRuns.js";
import { adam } from "./adam.js";

describeOptimizer("adam", {
  make: adam,
  remembering: adam({ amsgrad: true }),
  proximal: [adam({ learningRate: 0.01 }), adam({ learningRate: 0.01, amsgrad: true })],
  traces: [
    kerasTrace("adam_default_eps1e-7", adam({ learningRate: 0.01 }), "golden_keras"),
    kerasTrace("adam_eps1e-8", adam({ learningRate: 0.01, epsilon: 1e-8 }), "golden_keras"),
    kerasTrace("adam_amsgrad", adam({ learningRate: 0.01, amsgrad: true }), "golden_keras"),
  ],
  sentences: [
    [{ learningRate: 0 }, "Adam: learningRate must be a number greater than 0; got 0."],
    [{ learningRate: -1 }, "Adam: learningRate must be a number greater than 0; got -1."],
    [{ beta1: 1 }, "Adam: beta1 must be a number in [0, 1); got 1."],
    [{ beta2: NaN }, "Adam: beta2 must be a number in [0, 1); got NaN."],
    [{ epsilon: -1e-7 }, "Adam: epsilon must be a number of at least 0; got -1e-7."],
    [{ learningrate: 1 }, 'Adam: Unknown parameter "learningrate"; did you mean "learningRate"?'],
  ],
});

describe("adam", () => {
  it("has the defaults of Keras", () => {
    expect(adam()).toEqual({
      kind: "adam",
      learningRate: 1e-3,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-7,
      amsgrad: false,
    });
  });
});
