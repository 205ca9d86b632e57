/**
 * @file Averages of weights against Keras' moving average (keras_optimizers.json, made by scripts/optimizers.py),
 * PyTorch's running mean (golden_torch.json), and means of the weights of a training without averaging.
 */
import { describe, expect, it } from "vitest";
import { engines } from "../../../test/contract/engines.js";
import { readFixture } from "../../../test/contract/fixtures.js";
import {
  expectClose,
  FLOAT64_TEN_STEPS,
  valuesOf,
  type Tolerance,
} from "../../../test/contract/numbers.js";
import { GOLDEN_RUN } from "../../../test/contract/optimizerRuns.js";
import { toyData } from "../../../test/contract/toyData.js";
import { ops, variable, type Variable } from "../../graph/index.js";
import { dense, ema, sequential, sgd, swa, type Callback, type Checkpoint } from "../index.js";
import { createAveraging } from "./apply.js";
import type { AveragingSpec } from "./define.js";

type Numbers = readonly number[];
interface GoldenKeras {
  readonly ema: Readonly<
    Record<string, Readonly<Record<"weights" | "averages", readonly Numbers[]>>>
  >;
}
interface GoldenTorch {
  readonly swa: { readonly weights: readonly Numbers[]; readonly running: readonly Numbers[] };
}
const keras = readFixture<GoldenKeras>("keras_optimizers").ema;
const torch = readFixture<GoldenTorch>("golden_torch").swa;

const noRefresh = () => undefined;
const sizeOfStart = GOLDEN_RUN.start.length;

describe("ema", () => {
  it.each([
    ["momentum.9", ema({ momentum: 0.9 })],
    ["overwriting_4", ema({ momentum: 0.9, overwriteFrequency: 4 })],
  ])("has the averages and weights of Keras: %s", (name, spec) => {
    const weight = variable({ name: "weight", shape: [sizeOfStart] });
    const gradient = variable({ name: "gradient", shape: [sizeOfStart] });
    const averaging = createAveraging(spec, { weights: [{ variable: weight, trainable: true }] });
    const descended = ops.subtract(weight, ops.multiply(gradient, 0.1));
    const targets = [...averaging.updates(new Map([[weight, descended]]))];
    const [, , average] = averaging.memory;
    let values = new Map<Variable, ArrayLike<number>>([
      ...averaging.memory.map((kept): [Variable, Float64Array] => [
        kept,
        new Float64Array(kept.shape.length === 0 ? 1 : sizeOfStart),
      ]),
      [weight, GOLDEN_RUN.start],
    ]);
    GOLDEN_RUN.gradients.forEach((values_, i) => {
      const results = valuesOf(
        targets.map(([, tensor]) => tensor),
        new Map([...values, [gradient, values_]]),
      );
      values = new Map([...values, ...targets.map(([t], k) => [t, results[k]] as const)]);
      const { weights, averages } = keras[name];
      expectClose(values.get(weight) ?? [], weights[i], FLOAT64_TEN_STEPS);
      expectClose(values.get(average) ?? [], averages[i], FLOAT64_TEN_STEPS);
    });
  });
});

describe.each(engines)("swa on $name", ({ create, tolerance }) => {
  it("has the running mean of PyTorch, and puts the weights back in between", async () => {
    const weight = variable({ name: "weight", shape: [3] });
    const engine = await create();
    const averaging = createAveraging(swa({ startEpoch: 2 }), {
      weights: [{ variable: weight, trainable: true }],
    });
    const run = await averaging.compile(engine, noRefresh);
    // One epoch before the first that enters.
    const epochs = [[9, 9, 9], ...torch.weights];
    epochs.forEach((values, i) => {
      run.begin();
      if (i > 0) expectClose(engine.read(weight), epochs[i - 1], tolerance);
      engine.write(weight, values);
      run.end(i + 1);
      expectClose(engine.read(weight), i === 0 ? values : torch.running[i - 1], tolerance);
    });
  });
});

const train = toyData(50, 1);
const EPOCHS = 6;

async function fit(
  averaging?: AveragingSpec,
  more: { readonly resume?: Checkpoint; readonly callbacks?: readonly Callback[] } = {},
) {
  const model = sequential([
    dense({ units: 8, activation: "relu" }),
    dense({ units: 3, activation: "softmax" }),
  ]);
  const weights: (readonly Float32Array[])[] = [];
  const history = await model.fit(train, {
    loss: "categoricalCrossEntropy",
    optimizer: sgd({ learningRate: 0.1, momentum: 0.9 }),
    epochs: EPOCHS,
    batchSize: 16,
    seed: 4,
    validation: train,
    ...(averaging && { averaging }),
    ...more,
    onEpoch: () => weights.push(model.weights().map(({ values }) => values)),
  });
  return { model, history, weights, final: model.weights().map(({ values }) => values) };
}

/** Two roundings of float32 for each term of a sum. */
const MEAN: Tolerance = { relative: 1e-6, absolute: 1e-6 };

describe("a training with averaging", () => {
  it("ends with the mean of the weights that the training without had, and scores it", async () => {
    const plain = await fit();
    const averaged = await fit(swa({ startEpoch: 3, everyEpochs: 2 }));
    plain.final.forEach((values, i) => {
      const mean = values.map((_, k) => (plain.weights[2][i][k] + plain.weights[4][i][k]) / 2);
      expectClose(averaged.final[i], mean, MEAN);
    });
    const last = averaged.history.epochs[EPOCHS - 1];
    expect((await averaged.model.evaluate(train)).loss).toBe(last.clean.loss);
    expect(last.validation).toEqual(last.clean);
    const running = ({ history }: typeof plain) => history.epochs.map((epoch) => epoch.running);
    expect(running(averaged)).toEqual(running(plain));
  });

  it("trains as without, bit for bit, and ends with the last weights with momentum 0", async () => {
    const plain = await fit();
    const off = await fit(ema({ momentum: 0 }));
    off.final.forEach((values, i) => expectClose(values, plain.final[i], MEAN));
    expect(off.history.epochs.map((epoch) => epoch.running)).toEqual(
      plain.history.epochs.map((epoch) => epoch.running),
    );
  });

  it.each([ema({ momentum: 0.9 }), ema({ overwriteFrequency: 3 }), swa({ startEpoch: 2 })])(
    "goes on from a checkpoint as if it had not been interrupted: %j",
    async (spec) => {
      const checkpoints: Checkpoint[] = [];
      const keeper: Callback = {
        name: "keeper",
        start: (control) => ({
          onEpochSettled: () => {
            checkpoints.push(control.checkpoint());
          },
        }),
      };
      const whole = await fit(spec, { callbacks: [keeper] });
      const resumed = await fit(spec, { resume: checkpoints[2], callbacks: [keeper] });
      expect(resumed.final).toEqual(whole.final);
      expect(resumed.history.epochs.map(({ clean }) => clean)).toEqual(
        whole.history.epochs.map(({ clean }) => clean),
      );
    },
  );

  it.each([
    [swa({ startEpoch: 7 }), "SWA: startEpoch must be at most the number of epochs (6); got 7."],
    [{ kind: "emma" }, 'Unknown averaging "emma"; did you mean "ema"?'],
    [{ kind: "ema", momentum: 1 }, "EMA: momentum must be a number in [0, 1); got 1."],
  ])("refuses %j", async (spec, sentence) => {
    await expect(fit(spec)).rejects.toThrow(sentence);
  });
});
