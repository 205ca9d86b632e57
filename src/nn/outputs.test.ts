/** @file Scores of given outputs equal those of the model that gave them. */
import { describe, expect, it } from "vitest";
import { toyData } from "../../test/contract/toyData.js";
import { adam, dense, dropout, sequential, type Model } from "./index.js";

const train = toyData(300, 1);
const rows = toyData(70, 2);

async function trained(): Promise<Model> {
  const model = sequential([
    dense({ units: 16, activation: "relu" }),
    dropout({ rate: 0.4 }),
    dense({ units: 3, activation: "softmax" }),
  ]);
  const optimizer = adam({ learningRate: 0.01 });
  await model.fit(train, { optimizer, loss: "categoricalCrossEntropy", epochs: 5 });
  return model;
}

describe("evaluate with outputs", () => {
  it("scores a model's own outputs as evaluate without them does", async () => {
    const model = await trained();
    const outputs = await model.predict(rows);
    const given = await model.evaluate(rows, { outputs });
    const own = await model.evaluate(rows);
    expect(given.accuracy).toBe(own.accuracy);
    expect(given.loss).toBeCloseTo(own.loss, 6);
  });

  it("gives a finite loss where the outputs hold a probability of 0", async () => {
    const model = await trained();
    const outputs = new Float32Array(70 * 3).map((_, i) => (i % 3 === 0 ? 1 : 0));
    const { loss } = await model.evaluate(rows, { outputs });
    const wrong = rows.labels instanceof Int32Array ? rows.labels.filter((l) => l > 0).length : 0;
    expect(loss).toBeCloseTo((wrong / 70) * 126 * Math.LN2, 3);
  });

  it("refuses outputs of other rows", async () => {
    const model = await trained();
    await expect(model.evaluate(rows, { outputs: new Float32Array(5) })).rejects.toThrow(
      "evaluate: outputs must be 210 numbers, 3 for each of 70 rows; got 5.",
    );
  });
});

describe("predict with samples", () => {
  it("gives the same for the same seed, and nears the mean as samples grow", async () => {
    const model = await trained();
    const [few, again, other, many] = await Promise.all([
      model.predict(rows, { samples: 3, seed: 1 }),
      model.predict(rows, { samples: 3, seed: 1 }),
      model.predict(rows, { samples: 3, seed: 2 }),
      model.predict(rows, { samples: 400, seed: 3 }),
    ]);
    expect(again).toEqual(few);
    expect(other).not.toEqual(few);
    const farther = (a: Float32Array): number =>
      Math.hypot(...a.map((value, i) => value - many[i])) / Math.sqrt(a.length);
    const largest = await model.predict(rows, { samples: 400, seed: 4 });
    expect(farther(largest)).toBeLessThan(farther(few) / 4);
  });

  it("averages probabilities, which still sum to 1", async () => {
    const model = await trained();
    const outputs = await model.predict(rows, { samples: 7 });
    for (let row = 0; row < 70; row++) {
      const sum = outputs.subarray(row * 3, row * 3 + 3).reduce((a, b) => a + b);
      expect(sum).toBeCloseTo(1, 6);
    }
  });

  it("equals the prediction without noise if there is none to have", async () => {
    const model = sequential([dense({ units: 3, activation: "softmax" })]);
    model.build({ inputShape: [2], seed: 1 });
    expect(await model.predict(rows, { samples: 4 })).toEqual(await model.predict(rows));
  });

  it("refuses a seed without samples, and less than one sample", async () => {
    const model = await trained();
    await expect(model.predict(rows, { seed: 1 })).rejects.toThrow(
      "predict: seed must come with samples; got none.",
    );
    await expect(model.predict(rows, { samples: 0 })).rejects.toThrow(
      "predict: samples must be a whole number of at least 1; got 0.",
    );
  });
});
