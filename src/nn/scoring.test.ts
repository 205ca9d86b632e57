/** @file Metrics in fit and evaluate: keys, order, and which of them a running training has. */
import { describe, expect, it } from "vitest";
import { toyData } from "../../test/contract/toyData.js";
import { dense } from "./layers/dense.js";
import { rocAuc } from "./metrics/rocAuc.js";
import { topKAccuracy } from "./metrics/topKAccuracy.js";
import { sequential } from "./model.js";
import { sgd } from "./optimizers/sgd.js";

const rows = toyData(300);
const metrics = [
  "accuracy",
  "rocAuc",
  topKAccuracy({ k: 2 }),
  { ...topKAccuracy({ k: 3 }), name: "top3" },
] as const;

async function train() {
  const model = sequential([dense({ units: 3, activation: "softmax" })]);
  const { epochs } = await model.fit(rows, {
    optimizer: sgd({ learningRate: 0.1 }),
    loss: "categoricalCrossEntropy",
    metrics,
    epochs: 1,
    validation: rows,
  });
  return { model, epoch: epochs[0] };
}

describe("scores", () => {
  it("have the metrics by name, in order, after the loss", async () => {
    const { epoch, model } = await train();
    const keys = ["loss", "accuracy", "rocAuc", "topKAccuracy", "top3"];
    expect(Object.keys(epoch.clean)).toEqual(keys);
    expect(epoch.validation).toEqual(epoch.clean);
    expect(epoch.clean.top3).toBe(1);
    expect(epoch.clean.topKAccuracy).toBeGreaterThan(epoch.clean.accuracy);
    expect(await model.evaluate(rows, { metrics })).toEqual(epoch.clean);
    expect(await model.evaluate(rows, { metrics: [rocAuc()] })).toEqual({
      loss: epoch.clean.loss,
      rocAuc: epoch.clean.rocAuc,
    });
  });

  it("of a running training are those that are means over rows", async () => {
    const { epoch } = await train();
    expect(Object.keys(epoch.running)).toEqual(["loss", "accuracy", "topKAccuracy", "top3"]);
    // @ts-expect-error A whole set has it, and a running training has none.
    expect(epoch.running.rocAuc).toBeUndefined();
  });
});
