/** @file Weights and targets in training: against softmax regression by hand in plain loops; and sentences. */
import { describe, expect, it } from "vitest";
import { engines } from "../../test/contract/engines.js";
import { expectClose } from "../../test/contract/numbers.js";
import { toyData } from "../../test/contract/toyData.js";
import { randomStream } from "../util/index.js";
import type { LabelledRows, SupervisedRows, TargetRows } from "./data.js";
import { dense } from "./layers/dense.js";
import { binaryCrossEntropy } from "./losses/binaryCrossEntropy.js";
import { categoricalCrossEntropy } from "./losses/categoricalCrossEntropy.js";
import { sequential } from "./model.js";
import type { FitOptions } from "./options.js";
import { sgd } from "./optimizers/sgd.js";

const ROWS = 10;
const data = toyData(ROWS) as LabelledRows & { readonly features: Float32Array };
const random = randomStream(1, "weights");
const sampleWeights = Float32Array.from({ length: ROWS }, () => 2 * random.uniform());
const classWeights = [0.5, 1, 3];

const oneHot = ({ labels, classes, ...rows }: LabelledRows): TargetRows => ({
  ...rows,
  targets: Float32Array.from(
    [...labels].flatMap((label) => Array.from({ length: classes }, (_, k) => Number(k === label))),
  ),
  targetShape: [classes],
});

type Changes = Partial<FitOptions<"accuracy", unknown>>;

async function train(rows: SupervisedRows, changes: Changes = {}, units = 3) {
  const activation = units === 1 ? "sigmoid" : "softmax";
  const model = sequential([dense({ units, activation })]);
  model.build({ inputShape: [2], seed: 9 });
  const { epochs } = await model.fit(rows, {
    optimizer: sgd({ learningRate: 0.5 }),
    loss: "categoricalCrossEntropy",
    epochs: 2,
    batchSize: ROWS,
    validation: rows,
    ...changes,
  });
  return { weights: model.weights().map(({ values }) => values), epochs };
}

/** Softmax regression on all rows; each row's error counts by its weight. Gives the losses of rows. */
function trainByHand(weights: (row: number) => number) {
  const model = sequential([dense({ units: 3, activation: "softmax" })]);
  model.build({ inputShape: [2], seed: 9 });
  const [kernel, bias] = model.weights().map(({ values }) => [...values]);
  const x = (row: number, i: number): number => data.features[row * 2 + i];
  const predict = (row: number): number[] => {
    const powers = bias.map((b, k) =>
      Math.exp(b + x(row, 0) * kernel[k] + x(row, 1) * kernel[3 + k]),
    );
    const total = powers.reduce((a, b) => a + b);
    return powers.map((power) => power / total);
  };
  for (let epoch = 0; epoch < 2; epoch++) {
    const all = Array.from({ length: ROWS }, (_, row) => predict(row));
    all.forEach((p, row) =>
      p.forEach((probability, k) => {
        const error = weights(row) * (probability - Number(k === data.labels[row]));
        const change = (0.5 * error) / ROWS;
        bias[k] -= change;
        kernel[k] -= change * x(row, 0);
        kernel[3 + k] -= change * x(row, 1);
      }),
    );
  }
  const losses = Array.from(
    { length: ROWS },
    (_, row) => -Math.log(predict(row)[data.labels[row]]),
  );
  return { weights: [kernel, bias], losses };
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;

describe.each(engines)("weights on $name", ({ create, tolerance }) => {
  it("of rows and classes multiply the loss of each row; the sum is divided by the rows", async () => {
    const byHand = trainByHand((row) => sampleWeights[row] * classWeights[data.labels[row]]);
    const engine = await create();
    const { weights, epochs } = await train({ ...data, sampleWeights }, { classWeights, engine });
    weights.forEach((values, i) => expectClose(values, byHand.weights[i], tolerance));
    // Reported: with the weights of rows, and without those of classes.
    const reported = mean(byHand.losses.map((loss, row) => loss * sampleWeights[row]));
    expectClose([epochs[1].clean.loss, epochs[1].validation.loss], [reported, reported], tolerance);
  });

  it("count in no metric", async () => {
    const { epochs } = await train({ ...data, sampleWeights: new Float32Array(ROWS) });
    expect(epochs[0].clean.loss).toBe(0);
    expect(epochs[0].clean.accuracy).toBeGreaterThan(0);
  });
});

describe("targets", () => {
  it("that are one-hot train like labels", async () => {
    const [a, b] = [await train(data), await train(oneHot(data))];
    const tolerance = { relative: 1e-5, absolute: 1e-6 };
    a.weights.forEach((values, i) => expectClose(values, b.weights[i], tolerance));
    expectClose([a.epochs[1].clean.loss], [b.epochs[1].clean.loss], tolerance);
    expect(a.epochs[1].clean.accuracy).toBe(b.epochs[1].clean.accuracy);
  });

  it("of two classes fit one sigmoid unit, as labels and as numbers", async () => {
    const labels = data.labels.map((label) => Math.min(label, 1));
    const rows = { ...data, labels, classes: 2 };
    const { epochs, weights } = await train(rows, { loss: "binaryCrossEntropy", epochs: 200 }, 1);
    expect(weights[0].length).toBe(2);
    expect(epochs[199].clean.loss).toBeLessThan(epochs[0].clean.loss);
    const numbers = { ...oneHot(rows), targets: Float32Array.from(labels), targetShape: [1] };
    const same = await train(numbers, { loss: binaryCrossEntropy(), epochs: 200 }, 1);
    expect(same.weights).toEqual(weights);
    expect(same.epochs).toEqual(epochs);
  });

  it("smoothed are minimized and never reported", async () => {
    const smooth = await train(data, { loss: categoricalCrossEntropy({ labelSmoothing: 0.5 }) });
    const plain = await train(data);
    // The first batch of the first epoch is seen with the same weights.
    expect(smooth.epochs[0].running.loss).toBe(plain.epochs[0].running.loss);
    expect(smooth.epochs[0].clean.loss).not.toBe(plain.epochs[0].clean.loss);
  });
});

describe("fit refuses", () => {
  const numbers = oneHot(data);
  it.each<[string, SupervisedRows, Changes, number, string]>([
    [
      "one unit for a distribution",
      { ...data, labels: data.labels.map(() => 1), classes: 2 },
      {},
      1,
      'fit: the last layer must have one unit for each of the 2 classes; got 1 unit. For one unit with "sigmoid", use binaryCrossEntropy.',
    ],
    [
      "targets of another shape",
      { ...numbers, targetShape: [1] },
      {},
      3,
      "fit: targetShape must be what the last layer gives, [3]; got [1].",
    ],
    [
      "too few targets",
      { ...numbers, targets: new Float32Array(9) },
      {},
      3,
      "fit: targets must hold 30 numbers, for 10 rows of shape [3]; got 9.",
    ],
    [
      "targets that are no distribution",
      { ...numbers, targets: numbers.targets.map(() => 1) },
      {},
      3,
      "fit: the targets of a row must have the sum 1; got 3 in row 0 (from 0). For several classes at a time, use binaryCrossEntropy.",
    ],
    [
      "targets out of range",
      { ...numbers, targets: numbers.targets.map((t) => 2 * t - 1) },
      {},
      3,
      "fit: for CategoricalCrossEntropy, targets must be numbers in [0, 1]; got -1 in row 0, target",
    ],
    [
      "a loss for another activation",
      data,
      { loss: "binaryCrossEntropy" },
      3,
      'BinaryCrossEntropy: the last layer must give a probability for each unit; got activation "softmax".',
    ],
    [
      "sample weights of the wrong number",
      { ...data, sampleWeights: Float32Array.of(1) },
      {},
      3,
      "fit: sampleWeights must hold one weight for each row; got 1 for 10 rows.",
    ],
    [
      "a negative sample weight",
      { ...data, sampleWeights: sampleWeights.map((w) => -w) },
      {},
      3,
      "fit: sampleWeights must be finite numbers of at least 0; got -",
    ],
    [
      "class weights of the wrong number",
      data,
      { classWeights: [1, 2] },
      3,
      "fit: classWeights must be a finite number of at least 0 for each of the 3 classes; got [1, 2].",
    ],
    [
      "class weights without labels",
      numbers,
      { classWeights: [1, 2, 3] },
      3,
      "fit: classWeights must come with labels; got numbers as targets. Give the rows sampleWeights.",
    ],
  ])("%s", async (_, rows, changes, units, sentence) => {
    await expect(train(rows, changes, units)).rejects.toThrow(sentence);
  });

  it("accuracy of measurements", async () => {
    const model = sequential([dense({ units: 3 })]);
    await expect(
      model.fit(numbers, { optimizer: sgd(), loss: "meanSquaredError", epochs: 1, batchSize: 2 }),
    ).rejects.toThrow(
      'Accuracy: rows must have labels, or the last layer must give probabilities; got numbers for another activation. Name other metrics, such as metrics: ["rootMeanSquaredError"].',
    );
  });
});
