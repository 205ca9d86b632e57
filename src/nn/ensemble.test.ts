/** @file Ensembles: averages of outputs and of weights, deep ensembles and snapshots of one training. */
import { describe, expect, it } from "vitest";
import { toyData } from "../../test/contract/toyData.js";
import {
  adam,
  averageWeights,
  cosineDecayRestarts,
  createEnsemble,
  dense,
  dropout,
  exponentialDecay,
  fitEnsemble,
  fitSnapshotEnsemble,
  sequential,
  type Model,
} from "./index.js";

const train = toyData(60, 1);
const rows = toyData(200, 2);
const create = (): Model =>
  sequential([
    dense({ units: 16, activation: "relu" }),
    dropout({ rate: 0.2 }),
    dense({ units: 3, activation: "softmax" }),
  ]);
const options = {
  optimizer: adam({ learningRate: 0.02 }),
  loss: "categoricalCrossEntropy",
  epochs: 12,
  batchSize: 15,
  seed: 4,
} as const;

const meanOf = (arrays: readonly Float32Array[]): number[] =>
  [...arrays[0].keys()].map((i) => arrays.reduce((sum, a) => sum + a[i], 0) / arrays.length);

describe("a deep ensemble", () => {
  it("has members that are trained as alone, with seeds of their own, and averages their outputs", async () => {
    const { ensemble, histories } = await fitEnsemble(create, train, { ...options, members: 3 });
    const alone = create();
    const history = await alone.fit(train, { ...options, seed: 5 });
    expect(histories[1]).toEqual(history);
    expect(ensemble.members[1].weights()).toEqual(alone.weights());
    const outputs = await Promise.all(ensemble.members.map((member) => member.predict(rows)));
    const expected = Float32Array.from(meanOf(outputs));
    expect(await ensemble.predict(rows)).toEqual(expected);
  });

  it("has a cross-entropy below the mean of its members', as Jensen says", async () => {
    const { ensemble } = await fitEnsemble(create, train, { ...options, members: 4 });
    const scores = await Promise.all(ensemble.members.map((member) => member.evaluate(rows)));
    const mean = scores.reduce((sum, { loss }) => sum + loss, 0) / 4;
    const together = await ensemble.evaluate(rows);
    expect(together.loss).toBeLessThan(mean - 1e-3);
    // By hand, from the average of the probabilities.
    const outputs = await ensemble.predict(rows);
    const labels = "labels" in rows ? rows.labels : new Int32Array();
    const byHand = labels.reduce((sum, label, i) => sum - Math.log(outputs[3 * i + label]), 0);
    expect(together.loss).toBeCloseTo(byHand / labels.length, 5);
  });

  it("must have members with equal outputs", async () => {
    expect(() => createEnsemble([])).toThrow("there must be at least one member; got none.");
    const [three, two] = [3, 2].map((units) => {
      const model = sequential([dense({ units, activation: "softmax" })]);
      model.build({ inputShape: [2] });
      return model;
    });
    await expect(createEnsemble([three, two]).predict(rows)).rejects.toThrow(
      "members must have equal outputs; got 600 and 400 numbers",
    );
  });
});

describe("a snapshot ensemble", () => {
  it("has the weights of each end of a cycle of one training", async () => {
    const { ensemble, histories } = await fitSnapshotEnsemble(create, train, {
      ...options,
      cycles: 3,
    });
    expect(ensemble.members).toHaveLength(3);
    expect(histories).toHaveLength(1);
    const learningRate = cosineDecayRestarts({
      initialLearningRate: 0.02,
      firstDecaySteps: 16,
      tMul: 1,
    });
    for (const [cycle, member] of ensemble.members.entries()) {
      const model = create();
      const optimizer = adam({ learningRate });
      await model.fit(train, { ...options, optimizer, epochs: 4 * (cycle + 1) });
      expect(member.weights()).toEqual(model.weights());
    }
  });

  it("must have whole cycles, and a rate to fall from", async () => {
    await expect(fitSnapshotEnsemble(create, train, { ...options, cycles: 5 })).rejects.toThrow(
      "fitSnapshotEnsemble: epochs must be a multiple of the 5 cycles; got 12.",
    );
    const schedule = exponentialDecay({ initialLearningRate: 1, decaySteps: 1, decayRate: 0.5 });
    const optimizer = adam({ learningRate: schedule });
    await expect(
      fitSnapshotEnsemble(create, train, { ...options, optimizer, cycles: 3 }),
    ).rejects.toThrow("the optimizer's learningRate must be a number");
  });
});

describe("averageWeights", () => {
  it("gives the mean of each weight", async () => {
    const { ensemble } = await fitEnsemble(create, train, { ...options, epochs: 1, members: 2 });
    const [a, b] = ensemble.members.map((member) => member.weights());
    const model = create();
    model.build({ inputShape: [2] });
    model.setWeights(averageWeights(ensemble.members));
    model.weights().forEach(({ values }, i) => {
      expect([...values]).toEqual(
        meanOf([a[i].values, b[i].values]).map((value) => Math.fround(value)),
      );
    });
  });

  it("must have models of the same layers", async () => {
    const { ensemble } = await fitEnsemble(create, train, { ...options, epochs: 1, members: 1 });
    const other = sequential([dense({ units: 3 })]);
    other.build({ inputShape: [2] });
    expect(() => averageWeights([...ensemble.members, other])).toThrow(
      "averageWeights: all models must have dense_1/kernel [2, 16]; one has not.",
    );
  });
});
