/** @file Adam against Keras' own traces (golden_keras.json, Keras 3.15.1 in float64). */
import { describe, expect, it } from "vitest";
import { describeOptimizer } from "../../../test/contract/describeOptimizer.js";
import { readFixture } from "../../../test/contract/fixtures.js";
import { adam } from "./adam.js";

interface Golden {
  readonly optimizers: Readonly<Record<string, readonly (readonly number[])[]>>;
}
interface GoldenTorch {
  readonly optimizers: {
    readonly p0: readonly number[];
    readonly grads: readonly (readonly number[])[];
  };
}

const { optimizers: keras } = readFixture<Golden>("golden_keras");
const { p0: start, grads: gradients } = readFixture<GoldenTorch>("golden_torch").optimizers;

const trace = (name: string, spec: ReturnType<typeof adam>) => ({
  name,
  spec,
  start,
  gradients,
  expected: new Map(keras[name].map((weights, i) => [i + 1, weights])),
});

describeOptimizer("adam", {
  make: adam,
  traces: [
    trace("adam_default_eps1e-7", adam({ learningRate: 0.01 })),
    trace("adam_eps1e-8", adam({ learningRate: 0.01, epsilon: 1e-8 })),
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
    });
  });
});
