/** @file RMSprop against Keras' traces (golden_keras.json, keras_optimizers.json, Keras 3.15.1 in float64). */
import { describe, expect, it } from "vitest";
import { describeOptimizer } from "../../../test/contract/describeOptimizer.js";
import { engines } from "../../../test/contract/engines.js";
import { kerasTrace, startRun } from "../../../test/contract/optimizerRuns.js";
import { rmsprop } from "./rmsprop.js";

const both = rmsprop({ learningRate: 0.01, momentum: 0.9, centered: true });

describeOptimizer("rmsprop", {
  make: rmsprop,
  remembering: both,
  // Centered, the divisor of a gradient that no longer varies is the root of epsilon.
  proximal: [
    rmsprop({ learningRate: 0.01 }),
    rmsprop({ learningRate: 0.001, momentum: 0.9 }),
    rmsprop({ learningRate: 0.01, centered: true, epsilon: 0.1 }),
  ],
  traces: [
    kerasTrace("rmsprop_default_rho.9_eps1e-7", rmsprop({ learningRate: 0.01 }), "golden_keras"),
    kerasTrace(
      "rmsprop_rho.99_eps1e-8",
      rmsprop({ learningRate: 0.01, rho: 0.99, epsilon: 1e-8 }),
      "golden_keras",
    ),
    kerasTrace(
      "rmsprop_momentum.9",
      rmsprop({ learningRate: 0.01, momentum: 0.9 }),
      "golden_keras",
    ),
    kerasTrace("rmsprop_centered", rmsprop({ learningRate: 0.01, centered: true }), "golden_keras"),
    kerasTrace("rmsprop_centered_momentum", both, "keras_optimizers"),
  ],
  sentences: [
    [{ rho: 1 }, "RMSprop: rho must be a number in [0, 1); got 1."],
    [{ momentum: -0.1 }, "RMSprop: momentum must be a number in [0, 1); got -0.1."],
    [{ epsilon: 0 }, "RMSprop: epsilon must be a number greater than 0; got 0."],
    [{ centered: 1 }, "RMSprop: centered must be true or false; got 1."],
  ],
});

describe("rmsprop", () => {
  it("has the defaults of Keras", () => {
    expect(rmsprop()).toEqual({
      kind: "rmsprop",
      learningRate: 1e-3,
      rho: 0.9,
      momentum: 0,
      epsilon: 1e-7,
      centered: false,
    });
  });

  it.each(engines)(
    "stays finite, centered, with large constant gradients, on $name",
    async ({ create }) => {
      const start = Array<number>(64).fill(0);
      const gradients = Array.from({ length: 300 }, () => start.map((_, i) => 1000 + 37.7 * i));
      const spec = rmsprop({ learningRate: 1e-6, centered: true });
      const trace = { name: "constant", spec, start, gradients, expected: new Map() };
      const weights = (await startRun(await create(), trace)).updates(1, 300);
      expect(Array.from(weights[299]).every(Number.isFinite)).toBe(true);
    },
  );
});
