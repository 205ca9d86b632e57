/** @file The model's verbs, apart from training: building, weights, summary, and calls in the wrong order. */
import { describe, expect, it } from "vitest";
import { toyData } from "../../test/contract/toyData.js";
import { createReferenceEngine } from "../runtime/index.js";
import { ops } from "../graph/index.js";
import { adam, dense, dropout, elasticNet, l2, sequential } from "./index.js";

const layers = [
  dense({ units: 512, activation: "relu" }),
  dropout({ rate: 0.5 }),
  dense({ units: 256, activation: "relu" }),
  dropout({ rate: 0.5 }),
  dense({ units: 10, activation: "softmax" }),
];
const small = [dense({ units: 3, activation: "softmax" })];

function built() {
  const model = sequential(small);
  model.build({ inputShape: [2], seed: 1 });
  return model;
}

describe("summary", () => {
  it("lists layers, shapes and parameters of the reference network", () => {
    const model = sequential(layers);
    model.build({ inputShape: [28, 28] });
    // 784 * 512 + 512, 512 * 256 + 256, 256 * 10 + 10
    expect(model.summary().split("\n")).toEqual([
      "Layer      Output shape  Parameters",
      "input      [784]                   ",
      "dense_1    [512]            401,920",
      "dropout_1  [512]                  0",
      "dense_2    [256]            131,328",
      "dropout_2  [256]                  0",
      "dense_3    [10]               2,570",
      "Total                       535,818",
    ]);
  });
});

describe("summary of penalties", () => {
  it("stands behind the layers that have any", () => {
    const model = sequential([
      dense({
        units: 2,
        kernelRegularizer: elasticNet({ l1: 0.1, l2: 0.01 }),
        activityRegularizer: (output) => ops.sum(output),
      }),
      dense({ units: 1, biasRegularizer: l2() }),
    ]);
    model.build({ inputShape: [3] });
    expect(model.summary().split("\n")).toEqual([
      "Layer    Output shape  Parameters  Penalties",
      "input    [3]                     ",
      "dense_1  [2]                    8  kernel elasticNet(l1 0.1, l2 0.01, method proximal), activity function",
      "dense_2  [1]                    3  bias l2(strength 0.0001)",
      "Total                          11",
    ]);
  });
});

describe("weights", () => {
  it("are given out as copies, by name, and taken back", async () => {
    const model = built();
    const other = sequential(small);
    other.build({ inputShape: [2], seed: 2 });
    expect(other.weights()).not.toEqual(model.weights());
    other.setWeights([...model.weights()].reverse());
    expect(other.weights()).toEqual(model.weights());
    expect(model.weights().map(({ name, shape }) => [name, shape])).toEqual([
      ["dense_1/kernel", [2, 3]],
      ["dense_1/bias", [3]],
    ]);
    model.weights()[0].values.fill(7);
    expect(other.weights()).toEqual(model.weights());
    const engine = createReferenceEngine();
    const rows = toyData(5);
    expect(await other.predict(rows, { engine })).toEqual(await model.predict(rows, { engine }));
  });

  it("are the present ones on an engine that had others: of a call, of a training", async () => {
    const rows = toyData(5);
    const [first, second] = [createReferenceEngine(), createReferenceEngine()];
    const model = built();
    const before = model.weights();
    const original = await model.predict(rows, { engine: first });
    const options = { loss: "categoricalCrossEntropy", epochs: 1, batchSize: 5 } as const;
    await model.fit(rows, { ...options, optimizer: adam(), engine: second });
    const trained = await model.predict(rows, { engine: second });
    expect(trained).not.toEqual(original);
    expect(await model.predict(rows, { engine: first })).toEqual(trained);
    model.setWeights(before);
    expect(await model.predict(rows, { engine: second })).toEqual(original);
    expect(await model.predict(rows, { engine: first })).toEqual(original);
  });

  it("must all be given, once, by their names and in their sizes", () => {
    const model = built();
    const [kernel, bias] = model.weights();
    expect(() => model.setWeights([kernel])).toThrow(
      "setWeights: dense_1/bias must be given once; got it 0 times.",
    );
    expect(() => model.setWeights([kernel, bias, bias])).toThrow("got it 2 times");
    expect(() => model.setWeights([kernel, { ...bias, name: "dense_1/bia" }])).toThrow(
      'setWeights: Unknown weight "dense_1/bia"; did you mean "dense_1/bias"?',
    );
    expect(() => model.setWeights([kernel, { ...bias, values: new Float32Array(2) }])).toThrow(
      "setWeights: dense_1/bias must have 3 values for [3]; got 2.",
    );
  });

  it("follow the seed", () => {
    const again = built();
    expect(again.weights()).toEqual(built().weights());
  });
});

describe("a model whose row shape is not known yet", () => {
  it("says so, whatever it is asked", async () => {
    const model = sequential(small);
    const sentence =
      "the model must know the shape of its rows; got none yet. Call fit, or build({ inputShape }).";
    expect(() => model.summary()).toThrow(`summary: ${sentence}`);
    expect(() => model.weights()).toThrow(`weights: ${sentence}`);
    await expect(model.evaluate(toyData(3))).rejects.toThrow(`evaluate: ${sentence}`);
    await expect(model.predict(toyData(3))).rejects.toThrow(`predict: ${sentence}`);
  });

  it("is built once", () => {
    expect(() => built().build({ inputShape: [2] })).toThrow(
      "build: the model must not be built yet; it is.",
    );
  });

  it("stays so if its first rows do not fit", async () => {
    const model = sequential(small);
    const wrong = { ...toyData(40), classes: 4 };
    const options = { optimizer: adam(), loss: "categoricalCrossEntropy", epochs: 1 } as const;
    await expect(model.fit(wrong, options)).rejects.toThrow("one unit for each of the 4 classes");
    expect(() => model.summary()).toThrow("the model must know the shape of its rows");
  });
});

describe("evaluate", () => {
  it("must be told the loss before the first fit, and then uses that of the latest", async () => {
    const model = built();
    const rows = toyData(40);
    const engine = createReferenceEngine();
    await expect(model.evaluate(rows, { engine })).rejects.toThrow(
      "evaluate: loss must be given; got nothing. Known: binaryCrossEntropy, categoricalCrossEntropy,",
    );
    const loss = "categoricalCrossEntropy";
    await model.fit(rows, { optimizer: adam(), loss, epochs: 1, engine });
    const scores = await model.evaluate(rows, { engine });
    expect(scores).toEqual(await model.evaluate(rows, { engine, loss }));
  });

  it("gives the metrics that were asked for", async () => {
    const options = { loss: "categoricalCrossEntropy", engine: createReferenceEngine() } as const;
    const none = await built().evaluate(toyData(4), { ...options, metrics: [] });
    expect(Object.keys(none)).toEqual(["loss"]);
    const both = await built().evaluate(toyData(4), { ...options, metrics: ["accuracy"] });
    expect(Object.keys(both)).toEqual(["loss", "accuracy"]);
  });

  it("refuses options, losses and rows that it cannot use", async () => {
    const model = built();
    const rows = toyData(4);
    const refused = (given: object, on = rows) =>
      expect(model.evaluate(on, given as never)).rejects;
    await refused({ los: "" }).toThrow('evaluate: Unknown option "los"; did you mean "loss"?');
    await refused({ loss: "mse" }).toThrow('Unknown loss "mse"; Known:');
    await refused({ loss: "categoricalCrossEntropy", metrics: ["acuracy"] }).toThrow(
      'Unknown metric "acuracy"; did you mean "accuracy"?',
    );
    await refused({ loss: "categoricalCrossEntropy" }, { ...rows, featureShape: [1] }).toThrow(
      "evaluate: rows must have the shape [2]; got [1].",
    );
  });
});
