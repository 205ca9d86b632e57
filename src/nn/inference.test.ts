/** @file Inference in batches: padding counts for nothing, whatever the number of rows. */
import { describe, expect, it } from "vitest";
import { engines } from "../../test/contract/engines.js";
import { expectClose } from "../../test/contract/numbers.js";
import { randomStream } from "../util/index.js";
import type { LabelledRows } from "./data.js";
import { dense } from "./layers/dense.js";
import { sequential } from "./model.js";

const random = randomStream(1, "rows");

function rows(count: number, bytes: boolean): LabelledRows {
  const numbers = Array.from({ length: count * 3 }, () => random.below(256));
  return {
    features: bytes ? Uint8Array.from(numbers) : Float32Array.from(numbers),
    featureShape: [3],
    scale: 1 / 255,
    labels: Int32Array.from({ length: count }, () => random.below(4)),
    classes: 4,
  };
}

/** Probabilities by the textbook formula, in float64. */
function softmaxByHand(data: LabelledRows, kernel: Float32Array, row: number): number[] {
  const x = [0, 1, 2].map((i) => data.features[row * 3 + i] * data.scale);
  const logits = [0, 1, 2, 3].map((unit) =>
    x.reduce((sum, value, i) => sum + value * kernel[i * 4 + unit], 0),
  );
  const powers = logits.map(Math.exp);
  const total = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / total);
}

describe.each(engines)("inference on $name", ({ create, tolerance }) => {
  it.each([
    [1, true],
    [5, false],
    [256, true],
    [257, true],
    [600, false],
  ])("scores and predicts %d rows (bytes: %s)", async (count, bytes) => {
    const data = rows(count, bytes);
    const model = sequential([dense({ units: 4, activation: "softmax" })]);
    model.build({ inputShape: [3], seed: 1 });
    const [{ values: kernel }] = model.weights();
    const expected = Array.from({ length: count }, (_, row) => softmaxByHand(data, kernel, row));
    const engine = await create();
    const predicted = await model.predict(data, { engine });
    expectClose(predicted, expected.flat(), tolerance);
    const scores = await model.evaluate(data, { engine, loss: "categoricalCrossEntropy" });
    const losses = expected.map((row, i) => -Math.log(row[data.labels[i]]));
    const hits = expected.map((row, i) => Number(row.indexOf(Math.max(...row)) === data.labels[i]));
    const mean = (values: number[]) => values.reduce((a, b) => a + b) / count;
    expectClose([scores.loss], [mean(losses)], tolerance);
    expect(scores.accuracy).toBe(mean(hits));
  });
});
