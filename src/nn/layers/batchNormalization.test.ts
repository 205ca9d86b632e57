/**
 * @file Batch normalization: the contract of layers; steps and statistics of PyTorch (golden_torch.json,
 * float64) and Keras (golden_keras.json, keras_layers.json, float32); the noise of small batches, as
 * science.md measured it with NumPy on MNIST: 0.56 for 4 rows to 0.052 for 512.
 */
import { describe, expect, it } from "vitest";
import { describeLayer } from "../../../test/contract/describeLayer.js";
import { flat, readFixture, shapeOf, type Nested } from "../../../test/contract/fixtures.js";
import { expectClose, FLOAT32, FLOAT64, valuesOf } from "../../../test/contract/numbers.js";
import { gradients, ops, variable, type Tensor, type Variable } from "../../graph/index.js";
import { randomStream } from "../../util/index.js";
import { sequential } from "../model.js";
import { buildNetwork } from "../network.js";
import { sgd } from "../optimizers/sgd.js";
import { nameLayers } from "../wiring.js";
import { activation } from "./activation.js";
import { batchNormalization } from "./batchNormalization.js";
import { dense } from "./dense.js";

describeLayer("batchNormalization", {
  make: batchNormalization,
  examples: [
    { spec: batchNormalization(), inputShape: [4] },
    { spec: batchNormalization({ unbiased: true, momentum: 0.9 }), inputShape: [2, 3, 2] },
    { spec: batchNormalization({ axis: 1, center: false }), inputShape: [3, 2] },
    { spec: batchNormalization({ scale: false, epsilon: 1e-5 }), inputShape: [2] },
  ],
  sentences: [
    [{ momentum: 1 }, "BatchNormalization: momentum must be a number in [0, 1); got 1."],
    [{ epsilon: 0 }, "BatchNormalization: epsilon must be a number in (0, 1]; got 0."],
    [
      { axis: 0 },
      "BatchNormalization: axis must be a whole number, from 1 on or from -1 down; got 0. Axis 0 is that of the rows.",
    ],
    [{ moment: 0.9 }, 'BatchNormalization: Unknown parameter "moment"; did you mean "momentum"?'],
  ],
});

type Step = Readonly<Record<"x" | "dy" | "y" | "dx" | "dgamma" | "dbeta", Nested>>;
interface Golden {
  readonly eps: number;
  readonly pytorch_momentum: number;
  readonly gamma: Nested;
  readonly beta: Nested;
  readonly steps: readonly (Step &
    Readonly<
      Record<"running_mean" | "running_var_pytorch_unbiased" | "running_var_keras_biased", Nested>
    >)[];
  readonly eval: Step & { readonly y_if_keras_biased: Nested };
}
const torch = readFixture<Readonly<Record<string, Golden>>>("golden_torch");

/** Runs PyTorch's steps; images have channels first there. */
function follow({ eps, pytorch_momentum, ...golden }: Golden, unbiased: boolean) {
  const shape = shapeOf(golden.steps[0].x);
  const images = shape.length === 4;
  const toLast = (t: Tensor): Tensor => (images ? ops.transpose(t, [0, 2, 3, 1]) : t);
  const toFirst = (t: Tensor): Tensor => (images ? ops.transpose(t, [0, 3, 1, 2]) : t);
  const x = variable({ name: "x", shape });
  const dy = variable({ name: "dy", shape });
  const input = toLast(x);
  const spec = batchNormalization({ epsilon: eps, momentum: 1 - pytorch_momentum, unbiased });
  const network = buildNetwork(nameLayers([spec]), input.shape.slice(1));
  const [gamma, beta, mean, variance] = network.weights.map((weight) => weight.variable);
  const values = new Map<Variable, ArrayLike<number>>([
    [gamma, flat(golden.gamma)],
    [beta, flat(golden.beta)],
    [mean, flat(golden.gamma).map(() => 0)],
    [variance, flat(golden.gamma).map(() => 1)],
  ]);
  const run = (step: Step, training: boolean): Float64Array[] => {
    values.set(x, flat(step.x)).set(dy, flat(step.dy));
    const { output, updates } = network.apply(input, { training });
    const y = toFirst(output);
    const slopes = gradients(ops.sum(ops.multiply(y, dy)), [x, gamma, beta]);
    const state = [mean, variance].map((each) => updates.get(each) ?? each);
    const results = valuesOf([y, ...slopes, ...state], values);
    values.set(mean, results[4]).set(variance, results[5]);
    return results;
  };
  return { run, steps: golden.steps, last: golden.eval };
}

const GOLDENS = [
  "batchnorm1d_pytorch_defaults",
  "batchnorm1d_keras_defaults",
  "batchnorm2d_pytorch_defaults",
];

describe.each(GOLDENS)("%s", (name) => {
  it.each([
    ["PyTorch's unbiased", true],
    ["Keras' biased", false],
  ] as const)("has the steps, and %s running variance, then inference", (_, unbiased) => {
    const { run, steps, last } = follow(torch[name], unbiased);
    for (const step of steps) {
      const [y, dx, dgamma, dbeta, mean, variance] = run(step, true);
      const expected = unbiased ? step.running_var_pytorch_unbiased : step.running_var_keras_biased;
      expectClose(y, flat(step.y), FLOAT64);
      // Gradients are small differences of larger terms.
      expectClose(dx, flat(step.dx), { relative: 1e-10, absolute: 1e-13 });
      expectClose(dgamma, flat(step.dgamma), { relative: 1e-12, absolute: 1e-13 });
      expectClose(dbeta, flat(step.dbeta), FLOAT64);
      expectClose(mean, flat(step.running_mean), FLOAT64);
      expectClose(variance, flat(expected), FLOAT64);
    }
    const [y, dx, dgamma, dbeta] = run(last, false);
    expectClose(y, flat(unbiased ? last.y : last.y_if_keras_biased), FLOAT64);
    if (!unbiased) return;
    expectClose(dx, flat(last.dx), FLOAT64);
    expectClose(dgamma, flat(last.dgamma), { relative: 1e-12, absolute: 1e-13 });
    expectClose(dbeta, flat(last.dbeta), FLOAT64);
  });
});

it("gives Keras' values in training and inference (golden_keras.json)", () => {
  interface Keras {
    readonly batchnorm1d_keras_defaults: {
      readonly steps: readonly { readonly y: Nested }[];
      readonly eval_y: Nested;
    };
  }
  const keras = readFixture<Keras>("golden_keras").batchnorm1d_keras_defaults;
  const { run, steps, last } = follow(torch.batchnorm1d_keras_defaults, false);
  steps.forEach((step, i) => expectClose(run(step, true)[0], flat(keras.steps[i].y), FLOAT32));
  expectClose(run(last, false)[0], flat(keras.eval_y), FLOAT32);
});

describe("a training with batch normalization", () => {
  interface Fit {
    readonly x: Nested;
    readonly y: readonly number[];
    readonly rows: readonly (readonly number[])[];
    readonly before: Readonly<Record<string, Nested>>;
    readonly after: Readonly<Record<string, Nested>>;
    readonly statistics: readonly Readonly<Record<"mean" | "variance", Nested>>[];
    readonly predictions: Nested;
  }
  const golden = readFixture<{ readonly fit: Fit }>("keras_layers").fit;
  const NAMES: Readonly<Record<string, string>> = {
    "dense_1/kernel": "dense/kernel",
    "dense_1/bias": "dense/bias",
    "batchNormalization_1/gamma": "batch_normalization/gamma",
    "batchNormalization_1/beta": "batch_normalization/beta",
    "batchNormalization_1/movingMean": "batch_normalization/moving_mean",
    "batchNormalization_1/movingVariance": "batch_normalization/moving_variance",
    "dense_2/kernel": "dense_1/kernel",
    "dense_2/bias": "dense_1/bias",
  };
  const rows = {
    features: Float32Array.from(flat(golden.x)),
    featureShape: [3],
    scale: 1,
    labels: Int32Array.from(golden.y),
    classes: 2,
  };
  const build = () => {
    const model = sequential([
      dense({ units: 4 }),
      batchNormalization(),
      activation({ activation: "relu" }),
      dense({ units: 2, activation: "softmax" }),
    ]);
    model.build({ inputShape: [3] });
    return model;
  };

  it("has Keras' running statistics and weights after epochs with a partial last batch", async () => {
    const order = [1, 2].flatMap((epoch) => [...randomStream(0, `order/${epoch}`).permutation(11)]);
    expect(golden.rows.flat()).toEqual(order);
    const model = build();
    model.setWeights(
      Object.entries(NAMES).map(([name, theirs]) => ({
        name,
        values: Float32Array.from(flat(golden.before[theirs])),
      })),
    );
    const seen: Float32Array[][] = [];
    const valuesNamed = (part: string): Float32Array =>
      model.weights().find(({ name }) => name.endsWith(part))?.values ?? new Float32Array();
    await model.fit(rows, {
      optimizer: sgd({ learningRate: 0.1 }),
      loss: "categoricalCrossEntropy",
      epochs: 2,
      batchSize: 4,
      onEpoch: () => seen.push([valuesNamed("movingMean"), valuesNamed("movingVariance")]),
    });
    // An epoch has three updates.
    [golden.statistics[2], golden.statistics[5]].forEach(({ mean, variance }, epoch) => {
      expectClose(seen[epoch][0], flat(mean), FLOAT32);
      expectClose(seen[epoch][1], flat(variance), FLOAT32);
    });
    for (const { name, values } of model.weights()) {
      expectClose(values, flat(golden.after[NAMES[name]]), FLOAT32);
    }
    // Each row by running statistics, whatever else is in the batch.
    expectClose(await model.predict(rows), flat(golden.predictions), FLOAT32);
  });

  it("refuses a last batch of a single row", async () => {
    const options = { optimizer: sgd(), loss: "categoricalCrossEntropy", epochs: 1 } as const;
    await expect(build().fit(rows, { ...options, batchSize: 5 })).rejects.toThrow(
      "batchNormalization_1: a batch must have at least 2 values of each feature in training; got 1. " +
        "Use a batchSize that leaves no single row over.",
    );
  });

  it("shows in the summary what is trained and what is not", () => {
    const lines = build().summary().split("\n");
    expect(lines.slice(-3).map((line) => line.split(/\s{2,}/))).toEqual([
      ["Total", "42"],
      ["Trainable", "34"],
      ["Not trainable", "8"],
    ]);
  });
});

describe("the noise of batch normalization", () => {
  /** science.md, section 4.2. */
  const MEASURED = [
    [4, 0.56],
    [16, 0.297],
    [64, 0.15],
    [512, 0.052],
  ] as const;
  const POOL = 2000;
  const INPUTS = 64;
  const UNITS = 16;
  const BATCHES = 100;

  /**
   * The standard deviation of an example's normalized pre-activation over random batches that it is in, of
   * normal inputs in a layer with random weights; the mean over units.
   */
  function noiseOf(batchSize: number): number {
    const stream = randomStream(1, `noise/${batchSize}`);
    const normal = (length: number): Float64Array =>
      Float64Array.from({ length }, () => stream.normal());
    const network = buildNetwork(
      nameLayers([
        dense({ units: UNITS, useBias: false }),
        batchNormalization({ center: false, scale: false }),
      ]),
      [INPUTS],
    );
    const [kernel] = network.weights;
    const pool = normal(POOL * INPUTS);
    const x = variable({ name: "x", shape: [batchSize, INPUTS] });
    const { output } = network.apply(x, { training: true });
    const values = new Map<Variable, ArrayLike<number>>([
      [kernel.variable, normal(INPUTS * UNITS)],
    ]);
    const sums = new Float64Array(UNITS);
    const squares = new Float64Array(UNITS);
    for (let batch = 0; batch < BATCHES; batch++) {
      const rows = new Float64Array(batchSize * INPUTS);
      for (let row = 0; row < batchSize; row++) {
        const from = row === 0 ? 0 : stream.below(POOL);
        rows.set(pool.subarray(from * INPUTS, (from + 1) * INPUTS), row * INPUTS);
      }
      const [y] = valuesOf([output], values.set(x, rows));
      for (let unit = 0; unit < UNITS; unit++) {
        sums[unit] += y[unit];
        squares[unit] += y[unit] ** 2;
      }
    }
    const deviations = [...sums.keys()].map((unit) =>
      Math.sqrt(squares[unit] / BATCHES - (sums[unit] / BATCHES) ** 2),
    );
    return deviations.reduce((sum, each) => sum + each, 0) / UNITS;
  }

  it("falls as the batch grows, as measured", () => {
    const noise = MEASURED.map(([batchSize]) => noiseOf(batchSize));
    MEASURED.forEach(([, expected], i) => {
      // One example and other inputs than MNIST's: the size agrees, the digits need not.
      expect(noise[i] / expected).toBeGreaterThan(0.6);
      expect(noise[i] / expected).toBeLessThan(1.7);
    });
    // Quartering for sixteen times the rows.
    expect(noise[1] / noise[3]).toBeGreaterThan(4);
    expect(noise[1] / noise[3]).toBeLessThan(8);
  });
});
