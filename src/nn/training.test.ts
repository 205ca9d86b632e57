/** @file The training step against a hand-written one in plain loops: softmax regression with SGD. */
import { describe, expect, it } from "vitest";
import { engines } from "../../test/contract/engines.js";
import { expectClose } from "../../test/contract/numbers.js";
import { randomStream } from "../util/index.js";
import type { LabelledRows } from "./data.js";
import { dense } from "./layers/dense.js";
import { sequential } from "./model.js";
import { sgd } from "./optimizers/sgd.js";

const ROWS = 10;
const BATCH = 4;
const EPOCHS = 2;
const RATE = 0.5;
const random = randomStream(1, "rows");
const data: LabelledRows = {
  features: Float32Array.from({ length: ROWS * 2 }, () => random.normal()),
  featureShape: [2],
  scale: 0.5,
  labels: Int32Array.from({ length: ROWS }, () => random.below(3)),
  classes: 3,
};

interface Regression {
  readonly kernel: number[];
  readonly bias: number[];
}

function probabilities({ kernel, bias }: Regression, row: number): number[] {
  const powers = bias.map((b, unit) => {
    const x = [0, 1].map((i) => data.features[row * 2 + i] * data.scale);
    return Math.exp(b + x[0] * kernel[unit] + x[1] * kernel[3 + unit]);
  });
  const total = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / total);
}

/** One update in place; gives the sum of the batch's losses from before it. */
function update(weights: Regression, batch: readonly number[]): number {
  const errors = batch.map((row) =>
    probabilities(weights, row).map((p, unit) => p - Number(unit === data.labels[row])),
  );
  const loss = batch.reduce(
    (sum, row) => sum - Math.log(probabilities(weights, row)[data.labels[row]]),
    0,
  );
  batch.forEach((row, i) => {
    errors[i].forEach((error, unit) => {
      const change = (RATE * error) / batch.length;
      weights.bias[unit] -= change;
      weights.kernel[unit] -= change * data.features[row * 2] * data.scale;
      weights.kernel[3 + unit] -= change * data.features[row * 2 + 1] * data.scale;
    });
  });
  return loss;
}

function trainByHand(weights: Regression, seed: number): number[] {
  return Array.from({ length: EPOCHS }, (_, epoch) => {
    const order = [...randomStream(seed, `order/${epoch + 1}`).permutation(ROWS)];
    let loss = 0;
    for (let start = 0; start < ROWS; start += BATCH) {
      loss += update(weights, order.slice(start, start + BATCH));
    }
    return loss / ROWS;
  });
}

describe.each(engines)("training on $name", ({ create, tolerance }) => {
  it("makes the updates of the textbook, with a smaller last batch", async () => {
    const model = sequential([dense({ units: 3, activation: "softmax" })]);
    model.build({ inputShape: [2], seed: 9 });
    const [kernel, bias] = model.weights().map(({ values }) => [...values]);
    const losses = trainByHand({ kernel, bias }, 9);
    const { epochs } = await model.fit(data, {
      optimizer: sgd({ learningRate: RATE }),
      loss: "categoricalCrossEntropy",
      epochs: EPOCHS,
      batchSize: BATCH,
      seed: 9,
      engine: await create(),
    });
    const trained = model.weights().map(({ values }) => values);
    expectClose(trained[0], kernel, tolerance);
    expectClose(trained[1], bias, tolerance);
    expectClose(
      epochs.map(({ running }) => running.loss),
      losses,
      tolerance,
    );
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
  });
});
