/** @file The learning rate falls on a plateau, in a training as the rule says (plateauRule.test.ts has Keras'). */
import { describe, expect, it } from "vitest";
import { toyData } from "../../../test/contract/toyData.js";
import { watchCurve } from "../../../test/contract/watchCurve.js";
import { dense, sequential, sgd, type Callback } from "../index.js";
import { reduceOnPlateau } from "./reduceOnPlateau.js";

describe("reduceOnPlateau", () => {
  it("multiplies the rate by the factor after so many epochs, down to the smallest", async () => {
    const callback = reduceOnPlateau({ factor: 0.5, patience: 2, minLearningRate: 0.2 });
    const rateAfter = async (epochs: number): Promise<number> => {
      const curve = [1, 0.5, 0.5, 0.5, 0.6, 0.7, 0.7, 0.7, 0.7].slice(0, epochs);
      return (await watchCurve(callback, curve)).learningRate;
    };
    // Epoch 2 is the best; epochs 3 and 4, 5 and 6, 7 and 8 do not improve.
    const rates = await Promise.all([3, 4, 5, 6, 7, 8, 9].map(rateAfter));
    expect(rates).toEqual([1, 0.5, 0.5, 0.25, 0.25, 0.2, 0.2]);
  });

  it("goes on from its memory as if nothing had happened", async () => {
    const callback = reduceOnPlateau({ factor: 0.5, patience: 3, cooldown: 1 });
    const curve = [1, 0.5, 0.5, 0.6, 0.5, 0.5, 0.4, 0.5, 0.5, 0.5, 0.5];
    const whole = await watchCurve(callback, curve);
    for (const interruptAfter of [1, 2, 4, 6, 9]) {
      expect(await watchCurve(callback, curve, { interruptAfter })).toEqual(whole);
    }
  });

  it("changes what the optimizer uses", async () => {
    const train = toyData(40, 1);
    const weightsAfter = async (callbacks: readonly Callback[], learningRate: number) => {
      const model = sequential([dense({ units: 3, activation: "softmax" })]);
      const optimizer = sgd({ learningRate });
      const loss = "categoricalCrossEntropy" as const;
      await model.fit(train, { optimizer, loss, epochs: 2, batchSize: 10, seed: 2, callbacks });
      return model.weights();
    };
    // A rate of almost 0 from the second epoch on: only the first one moves the weights.
    const still = reduceOnPlateau({ monitor: "clean.loss", mode: "max", patience: 1, minDelta: 9 });
    const stopping: Callback = {
      name: "stop",
      start: (control) => ({ onEpochEnd: () => control.stop("one epoch is enough") }),
    };
    const drop: Callback = {
      name: "drop",
      start: (control) => ({ onEpochEnd: () => control.setLearningRate(1e-30) }),
    };
    const one = await weightsAfter([stopping], 0.1);
    expect(await weightsAfter([drop], 0.1)).toEqual(one);
    expect(await weightsAfter([still], 0.1)).toEqual(await weightsAfter([], 0.1));
  });

  it.each([
    [{ factor: 1 }, "ReduceOnPlateau: factor must be a number in (0, 1); got 1."],
    [{ patience: -1 }, "ReduceOnPlateau: patience must be a whole number of at least 0; got -1."],
    [{ cooldown: 0.5 }, "ReduceOnPlateau: cooldown must be a whole number of at least 0; got 0.5."],
    [{ minLr: 1 }, 'ReduceOnPlateau: Unknown option "minLr"'],
  ])("refuses %j", (options, sentence) => {
    expect(() => reduceOnPlateau(options as object)).toThrow(sentence);
  });
});
