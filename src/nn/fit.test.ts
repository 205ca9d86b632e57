/** @file Training through the model: reproducible, paired, interruptible, and honest when it fails. */
import { describe, expect, it } from "vitest";
import { engines } from "../../test/contract/engines.js";
import { toyData } from "../../test/contract/toyData.js";
import { createReferenceEngine } from "../runtime/index.js";
import {
  adam,
  dense,
  dropout,
  earlyStopping,
  sequential,
  sgd,
  type LayerSpec,
  type Progress,
} from "./index.js";

const train = toyData(90, 1);
const validation = toyData(30, 2);
const common = {
  optimizer: adam({ learningRate: 0.01 }),
  loss: "categoricalCrossEntropy",
  epochs: 3,
  batchSize: 16,
  validation,
  seed: 1,
} as const;

const network = (...between: LayerSpec[]): LayerSpec[] => [
  dense({ units: 8, activation: "relu" }),
  ...between,
  dense({ units: 3, activation: "softmax" }),
];

describe.each(engines)("fit on $name", ({ create }) => {
  const trained = async (layers: LayerSpec[], changes: object = {}) => {
    const model = sequential(layers);
    const engine = await create();
    const history = await model.fit(train, { ...common, ...changes, engine });
    return { model, engine, history, weights: model.weights() };
  };

  it("learns a problem that can be learned", async () => {
    const { history } = await trained(network(), { epochs: 40 });
    const last = history.epochs.at(-1);
    expect(last?.clean.accuracy).toBeGreaterThan(0.9);
    expect(last?.validation.accuracy).toBeGreaterThan(0.8);
  });

  it("gives the same bits for the same seed, and others for another", async () => {
    const layers = network(dropout({ rate: 0.3 }));
    const [first, again, other] = await Promise.all([
      trained(layers),
      trained(layers),
      trained(layers, { seed: 2 }),
    ]);
    expect(again.weights).toEqual(first.weights);
    expect(again.history).toEqual(first.history);
    expect(other.weights).not.toEqual(first.weights);
  });

  it("gives with dropout of rate 0 the same bits as without dropout", async () => {
    const without = await trained(network());
    const off = await trained(network(dropout({ rate: 0 })));
    expect(off.weights).toEqual(without.weights);
    expect(off.history).toEqual(without.history);
  });

  it("reports clean scores as evaluate gives them for the same rows", async () => {
    const { model, engine, history } = await trained(network(dropout()));
    const last = history.epochs.at(-1);
    expect(last?.clean).toEqual(await model.evaluate(train, { engine }));
    expect(last?.validation).toEqual(await model.evaluate(validation, { engine }));
    expect(last?.running).not.toEqual(last?.clean);
  });

  it("continues from the present weights at a second call", async () => {
    const { model, engine, history } = await trained(network(), { epochs: 20 });
    const second = await model.fit(train, { ...common, epochs: 1, seed: 2, engine });
    const before = history.epochs.at(-1)?.clean.loss ?? 0;
    expect(Math.abs(second.epochs[0].clean.loss - before)).toBeLessThan(0.1);
  });

  it("stops when the loss is not finite and says where and why", async () => {
    const optimizer = sgd({ learningRate: 1e20 });
    const { history } = await trained(network(), { optimizer, epochs: 500 });
    expect(history.failure?.step).toBeGreaterThan(1);
    expect(history.failure?.step).toBeLessThan(6 * 500);
    expect(history.failure?.epoch).toBe(Math.ceil((history.failure?.step ?? 0) / 6));
    expect(history.epochs.length).toBe((history.failure?.epoch ?? 0) - 1);
    const { epoch, step } = history.failure ?? {};
    expect(history.failure?.message).toMatch(
      new RegExp(
        `^Loss became (NaN|infinite) at epoch ${epoch}, step ${step}: ` +
          "learning rate 100000000000000000000 is likely too high; try a smaller one\\.$",
      ),
    );
  });

  it("sees that the very last update spoiled the weights", async () => {
    const optimizer = sgd({ learningRate: 1e38 });
    const { history } = await trained(network(), { optimizer, epochs: 1, batchSize: 90 });
    expect(history.epochs).toEqual([]);
    expect(history.failure).toMatchObject({ epoch: 1, step: 1 });
    expect(history.failure?.message).toContain("learning rate 1e+38 is likely too high");
  });

  it("blames features that are too large before any update", async () => {
    const model = sequential(network());
    // Beyond float32 and float64, so that every engine fails at the first step.
    const features = train.features.map((value) => value * 1e30);
    const large = { ...train, features, scale: 1e300 };
    const failing = await model.fit(large, { ...common, engine: await create() });
    expect(failing.failure).toMatchObject({ epoch: 1, step: 1 });
    expect(failing.failure?.message).toMatch(
      /^Loss became (NaN|infinite) at epoch 1, step 1: before any update: features reach \S+; scale them to about 1\.$/,
    );
  });
});

const fit = (changes: object = {}, rows = train) =>
  sequential(network()).fit(rows, {
    ...common,
    engine: createReferenceEngine(),
    ...changes,
  });

describe("the history", () => {
  it("has no validation scores without validation rows", async () => {
    const history = await sequential(network()).fit(train, {
      optimizer: adam(),
      loss: "categoricalCrossEntropy",
      epochs: 1,
      engine: createReferenceEngine(),
    });
    expect(Object.keys(history.epochs[0])).toEqual(["epoch", "running", "clean", "seconds"]);
  });

  it("measures seconds of updates by the clock that was handed in, and knows none without", async () => {
    let now = 0;
    const { epochs } = await fit({ clock: () => (now += 10) });
    expect(epochs[0].seconds).toBeGreaterThan(0);
    expect((await fit()).epochs[0].seconds).toBe(NaN);
  });
});

describe("while a model is in training", () => {
  it("each epoch is reported with its weights in place", async () => {
    const model = sequential(network());
    const seen: (readonly [number, Float32Array])[] = [];
    const { epochs } = await model.fit(train, {
      ...common,
      engine: createReferenceEngine(),
      onEpoch: (result) => seen.push([result.epoch, model.weights()[0].values]),
    });
    expect(seen.map(([epoch]) => epoch)).toEqual(epochs.map(({ epoch }) => epoch));
    expect(seen[0][1]).not.toEqual(seen[1][1]);
    expect(seen[2][1]).toEqual(model.weights()[0].values);
  });

  it("an evaluation sees its weights of that moment", async () => {
    const model = sequential(network());
    const scores: Promise<{ readonly loss: number }>[] = [];
    const engine = createReferenceEngine();
    const { epochs } = await model.fit(train, {
      ...common,
      engine: createReferenceEngine(),
      onEpoch: ({ epoch }) => epoch === 1 && scores.push(model.evaluate(train, { engine })),
    });
    expect((await scores[0]).loss).toBeCloseTo(epochs[0].clean.loss, 6);
  });

  it("progress counts the updates of each epoch to its end", async () => {
    const seen: Progress[] = [];
    await fit({ batchSize: 3, onProgress: (progress: Progress) => seen.push(progress) });
    expect(seen.every(({ steps, epochs }) => steps === 30 && epochs === 3)).toBe(true);
    expect(seen.filter(({ step }) => step === 30).map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(seen.some(({ step }) => step < 30)).toBe(true);
    expect(seen.every(({ loss }) => loss > 0 && loss < 5)).toBe(true);
  });

  it("an abort rejects with the signal's reason and keeps the weights so far", async () => {
    const model = sequential(network());
    const controller = new AbortController();
    const reason = new Error("enough");
    const training = model.fit(train, {
      ...common,
      epochs: 1e6,
      signal: controller.signal,
      engine: createReferenceEngine(),
      onEpoch: ({ epoch }) => epoch === 2 && controller.abort(reason),
    });
    await expect(training).rejects.toBe(reason);
    expect(model.weights()[0].values.every(Number.isFinite)).toBe(true);
    const after = await model.fit(train, { ...common, engine: createReferenceEngine() });
    expect(after.epochs.length).toBe(3);
  });

  it("an abort from outside gets its turn", async () => {
    const controller = new AbortController();
    const training = fit({ epochs: 1e6, signal: controller.signal });
    setTimeout(() => controller.abort(), 0);
    await expect(training).rejects.toThrow("abort");
  });

  it("a signal that was aborted before starts nothing", async () => {
    await expect(fit({ signal: AbortSignal.abort(new Error("no")) })).rejects.toThrow("no");
  });

  it("it cannot be trained again or get other weights", async () => {
    const model = sequential(network());
    const training = model.fit(train, { ...common, engine: createReferenceEngine() });
    await expect(model.fit(train, common)).rejects.toThrow(
      "fit: the model must not be in training; it is.",
    );
    expect(() => model.setWeights(model.weights())).toThrow(
      "setWeights: the model must not be in training; it is.",
    );
    await training;
  });
});

describe("fit refuses", () => {
  it.each<[object, string]>([
    [{ epochs: 0 }, "fit: epochs must be a whole number of at least 1; got 0."],
    [{ epochs: 1.5 }, "fit: epochs must be a whole number of at least 1; got 1.5."],
    [{ batchSize: 0 }, "fit: batchSize must be a whole number of at least 1; got 0."],
    [
      { batchSize: 91 },
      "fit: batchSize must be at most the number of training rows (90); got 91. Use a smaller batch or more rows.",
    ],
    [{ seed: -1 }, "fit: seed must be a whole number in [0, 9007199254740991]; got -1."],
    [{ loss: "mse" }, 'Unknown loss "mse"'],
    [{ loss: undefined }, "fit: loss must be given; got nothing."],
    [{ metrics: ["auc"] }, 'Unknown metric "auc"'],
    [{ optimizer: undefined }, "fit: optimizer must be given; got nothing. Try adam()."],
    [{ optimizer: { kind: "adamw" } }, 'Unknown optimizer "adamw"; did you mean "adamW"?'],
    [{ optimizer: { kind: "adam", beta1: 2 } }, "Adam: beta1 must be a number in [0, 1); got 2."],
    [{ callback: [] }, 'fit: Unknown option "callback"; did you mean "callbacks"?'],
    [
      { callbacks: [earlyStopping(), earlyStopping({ patience: 5 })] },
      'fit: each callback must have a name of its own; got "earlyStopping" twice.',
    ],
    [
      { validation: { ...validation, featureShape: [1] } },
      "fit, validation: rows must have the shape [2]; got [1].",
    ],
    [
      { validation: { ...validation, labels: validation.labels.map((label) => label + 1) } },
      "fit, validation: labels must be class numbers from 0 to 2; got 3",
    ],
  ])("%o", async (changes, sentence) => {
    await expect(fit(changes)).rejects.toThrow(sentence);
  });

  it("rows with labels out of range", async () => {
    const labels = train.labels.map(() => 3);
    await expect(fit({}, { ...train, labels })).rejects.toThrow(
      "fit: labels must be class numbers from 0 to 2; got 3 in row 0 (from 0).",
    );
  });
});
