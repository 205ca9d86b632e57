/**
 * @file What all optimizers share against Keras 3.15.1 (golden_keras.json, keras_optimizers.json) and
 * PyTorch (golden_torch.json): clipping, weight decay, gradient accumulation; all in float64.
 */
import { describe, expect, it } from "vitest";
import { engines } from "../../../test/contract/engines.js";
import { flat, readFixture, shapeOf, type Nested } from "../../../test/contract/fixtures.js";
import {
  expectClose,
  FLOAT64,
  FLOAT64_TEN_STEPS,
  valuesOf,
  type Tolerance,
} from "../../../test/contract/numbers.js";
import {
  GOLDEN_RUN,
  kerasTrace,
  runExactly,
  startRun,
} from "../../../test/contract/optimizerRuns.js";
import { variable } from "../../graph/index.js";
import { adam } from "./adam.js";
import { adamW } from "./adamW.js";
import { clipGradients } from "./clipping.js";
import { sgd } from "./sgd.js";

interface GoldenTorch {
  readonly clip_global_norm: {
    readonly grads: readonly Nested[];
    readonly max_norm: number;
    readonly exact: readonly Nested[];
    readonly torch: readonly Nested[];
  };
}
interface GoldenDecay {
  readonly decay_without_bias: {
    readonly kernel: readonly number[];
    readonly bias: readonly number[];
  };
}

const { clip_global_norm: golden } = readFixture<GoldenTorch>("golden_torch");
const { decay_without_bias: decay } = readFixture<GoldenDecay>("keras_optimizers");

const traces = [
  kerasTrace("sgd_clipnorm1", sgd({ learningRate: 0.1, clipNorm: 1 }), "golden_keras"),
  kerasTrace("sgd_global_clipnorm1", sgd({ learningRate: 0.1, globalClipNorm: 1 }), "golden_keras"),
  kerasTrace("sgd_clipvalue.5", sgd({ learningRate: 0.1, clipValue: 0.5 }), "keras_optimizers"),
  kerasTrace("sgd_weight_decay.05", sgd({ learningRate: 0.1, weightDecay: 0.05 }), "golden_keras"),
  kerasTrace(
    "adam_weight_decay.05_is_decoupled",
    adam({ learningRate: 0.01, weightDecay: 0.05 }),
    "golden_keras",
  ),
  kerasTrace(
    "adam_accumulating_3",
    adam({ learningRate: 0.01, gradientAccumulationSteps: 3 }),
    "keras_optimizers",
  ),
  kerasTrace(
    "adamw_clipped_accumulating_2",
    adamW({ learningRate: 0.01, weightDecay: 0.05, clipNorm: 0.5, gradientAccumulationSteps: 2 }),
    "keras_optimizers",
  ),
];

describe("what all optimizers share", () => {
  it.each(traces)("follows $name in float64", (trace) => {
    runExactly(trace).forEach((weights, i) =>
      expectClose(weights, trace.expected.get(i + 1) ?? [], FLOAT64_TEN_STEPS),
    );
  });

  it.each(engines.flatMap((engine) => traces.map((trace) => ({ engine, trace }))))(
    "follows $trace.name on the engine $engine.name",
    async ({ engine: { create, tolerance }, trace }) => {
      const weights = (await startRun(await create(), trace)).updates(1, trace.gradients.length);
      weights.forEach((values, i) =>
        expectClose(values, trace.expected.get(i + 1) ?? [], tolerance),
      );
    },
  );

  it.each([
    ["decays a kernel", true, decay.kernel],
    ["does not decay what Keras is told to exclude", false, decay.bias],
  ])("%s", async (_, decays, expected) => {
    const spec = adamW({ learningRate: 0.01, weightDecay: 0.05 });
    const trace = { name: "decay", spec, ...GOLDEN_RUN, expected: new Map() };
    const [{ create, tolerance }] = engines;
    const weights = (await startRun(await create(), trace, { decays })).updates(1, 10);
    expectClose(weights[9], expected, tolerance);
  });

  it("clips all gradients together to the exact norm", () => {
    const tensors = golden.grads.map((g, i) => variable({ name: `g${i}`, shape: shapeOf(g) }));
    const clipped = clipGradients(tensors, { globalClipNorm: golden.max_norm });
    const values = new Map(tensors.map((tensor, i) => [tensor, flat(golden.grads[i])]));
    const results = valuesOf(clipped, values);
    const closeTo = (expected: readonly Nested[], tolerance: Tolerance): void =>
      results.forEach((result, i) => expectClose(result, flat(expected[i]), tolerance));
    closeTo(golden.exact, FLOAT64);
    // PyTorch divides by the norm + 1e-6.
    closeTo(golden.torch, { relative: 1e-6, absolute: 0 });
  });

  it("leaves gradients within the limits as they are, bit for bit", () => {
    const g = variable({ name: "g", shape: [2] });
    const values = new Map([[g, [0.3, -0.4]]]);
    const limits = [{ clipValue: 0.5 }, { clipNorm: 0.5 }, { globalClipNorm: 0.5 }, {}];
    for (const limit of limits) {
      expect([...valuesOf(clipGradients([g], limit), values)[0]]).toEqual([0.3, -0.4]);
    }
  });

  it.each([
    [{ clipNorm: 0 }, "SGD: clipNorm must be a number greater than 0; got 0."],
    [
      { gradientAccumulationSteps: 0 },
      "SGD: gradientAccumulationSteps must be a whole number of at least 1; got 0.",
    ],
    [{ sharpnessRadius: -1 }, "SGD: sharpnessRadius must be a number of at least 0; got -1."],
    [
      { clipValue: 1, clipNorm: 1 },
      "SGD: at most one of clipValue, clipNorm and globalClipNorm must be given; got clipValue and clipNorm.",
    ],
  ])("refuses %j", (options, sentence) => {
    expect(() => sgd(options)).toThrow(sentence);
  });
});
