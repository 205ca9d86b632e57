/**
 * @file Early stopping against Keras' own on 528 pairs of a curve and a setting (keras_early_stopping.json, made by
 * scripts/keras_early_stopping.py), and in a training whose best epoch is not its last.
 */
import { describe, expect, it } from "vitest";
import { readFixture } from "../../../test/contract/fixtures.js";
import { toyData } from "../../../test/contract/toyData.js";
import { watchCurve } from "../../../test/contract/watchCurve.js";
import { adam, dense, sequential, type Callback } from "../index.js";

import { earlyStopping } from "./earlyStopping.js";

interface KerasCase {
  readonly curve: readonly number[];
  readonly mode: "min" | "max";
  readonly options: {
    readonly patience: number;
    readonly min_delta: number;
    readonly start_from_epoch: number;
    readonly baseline?: number;
  };
  readonly result: {
    readonly epochs: number;
    readonly stopped: boolean;
    readonly restored: number;
  };
}

const { cases } = readFixture<{ readonly cases: readonly KerasCase[] }>("keras_early_stopping");

describe("earlyStopping", () => {
  it("stops where Keras stops and restores what Keras restores", async () => {
    for (const { curve, mode, options, result } of cases) {
      const { baseline } = options;
      const callback = earlyStopping({
        mode,
        patience: options.patience,
        minDelta: options.min_delta,
        startEpoch: options.start_from_epoch + 1,
        ...(baseline !== undefined && { baseline }),
      });
      const { epochs, stopped, weights } = await watchCurve(callback, curve);
      const got = { epochs, stopped: stopped !== undefined, restored: weights };
      expect(got, JSON.stringify({ curve, mode, options })).toEqual(result);
    }
  });

  it("goes on from its memory as if nothing had happened", async () => {
    for (const { curve, mode, options } of cases.filter((_, i) => i % 7 === 0)) {
      const callback = earlyStopping({ mode, patience: options.patience });
      const whole = await watchCurve(callback, curve);
      const resumed = await watchCurve(callback, curve, { interruptAfter: 2 });
      expect(resumed).toEqual(whole);
    }
  });

  it("leaves the last weights if told so, and says why it stopped", async () => {
    const curve = [0.5, 0.4, 0.6, 0.7];
    const callback = earlyStopping({ patience: 2, restoreBestWeights: false });
    const { stopped, weights } = await watchCurve(callback, curve);
    expect(weights).toBe(4);
    expect(stopped).toBe(
      "validation.loss has not improved for 2 epochs; its best was 0.4 at epoch 2",
    );
  });

  it("does not take NaN for an improvement", async () => {
    const { epochs, weights } = await watchCurve(earlyStopping({ patience: 2 }), [1, NaN, NaN, 0]);
    expect({ epochs, weights }).toEqual({ epochs: 3, weights: 1 });
  });

  it.each([
    [{ patience: -1 }, "EarlyStopping: patience must be a whole number of at least 0; got -1."],
    [{ minDelta: -1 }, "EarlyStopping: minDelta must be a number of at least 0; got -1."],
    [{ startEpoch: 0 }, "EarlyStopping: startEpoch must be a whole number of at least 1; got 0."],
    [{ baseline: NaN }, "EarlyStopping: baseline must be a number; got NaN."],
    [{ patiense: 1 }, 'EarlyStopping: Unknown option "patiense"; did you mean "patience"?'],
  ])("refuses %j", (options, sentence) => {
    expect(() => earlyStopping(options as object)).toThrow(sentence);
  });
});

const train = toyData(60, 1);
const validation = toyData(40, 2);
const fit = (callbacks: readonly Callback[]) => {
  const model = sequential([
    dense({ units: 32, activation: "relu" }),
    dense({ units: 3, activation: "softmax" }),
  ]);
  const common = { loss: "categoricalCrossEntropy", epochs: 80, batchSize: 10, seed: 3 } as const;
  const optimizer = adam({ learningRate: 0.05 });
  return { model, history: model.fit(train, { ...common, optimizer, validation, callbacks }) };
};

describe("a training with early stopping", () => {
  it("ends with the weights of its best epoch, which is not its last", async () => {
    const { model, history } = fit([earlyStopping({ patience: 5 })]);
    const { epochs, stopped } = await history;
    const losses = epochs.map((epoch) => epoch.validation.loss);
    const best = Math.min(...losses);
    expect(losses.at(-1)).toBeGreaterThan(best);
    expect(epochs.length).toBeLessThan(80);
    expect(stopped?.epoch).toBe(epochs.length);
    expect((await model.evaluate(validation)).loss).toBe(best);
  });

  it("restores them also when its epochs run out before it stops", async () => {
    const { model, history } = fit([earlyStopping({ patience: 1000 })]);
    const { epochs, stopped } = await history;
    expect(stopped).toBeUndefined();
    const losses = epochs.map((epoch) => epoch.validation.loss);
    expect((await model.evaluate(validation)).loss).toBe(Math.min(...losses));
  });

  it("refuses to watch what the training does not have", async () => {
    const callbacks = [earlyStopping({ monitor: "validation.acuracy" })];
    await expect(fit(callbacks).history).rejects.toThrow(
      'EarlyStopping: Unknown monitor "validation.acuracy"; did you mean "validation.accuracy"?',
    );
  });
});
