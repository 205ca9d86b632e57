/** @file Statistics computed anew, against the mean of the batches' means in plain loops. */
import { describe, expect, it } from "vitest";
import { engines } from "../../../test/contract/engines.js";
import { expectClose } from "../../../test/contract/numbers.js";
import { toyData } from "../../../test/contract/toyData.js";
import { ops, variable } from "../../graph/index.js";
import { batchNormalization, dense, sequential, sgd, swa } from "../index.js";
import { chooseMetrics } from "../metrics/apply.js";
import { buildNetwork } from "../network.js";
import { createState } from "../trainingState.js";
import { nameLayers } from "../wiring.js";
import { createRefresh } from "./refresh.js";

const ROWS = 10;
const BATCH = 4;
const rows = toyData(ROWS);
const order = Int32Array.from([3, 1, 9, 0, 4, 8, 2, 7, 6, 5]);

describe.each(engines)("refreshed statistics on $name", ({ create, tolerance }) => {
  it("are the mean of those of all batches, the smaller last one counting alike", async () => {
    const engine = await create();
    const plain = buildNetwork(nameLayers([dense({ units: 3 })]), [2]);
    const mean = variable({ name: "mean", shape: [2] });
    const network = {
      ...plain,
      apply: (x: typeof mean, context: object) => ({
        ...plain.apply(x, context),
        statistics: new Map([[mean, ops.mean(x, [0])]]),
      }),
    };
    const measures = {
      loss: { kind: "meanSquaredError" },
      metrics: chooseMetrics([]),
    };
    const state = createState(rows, plain, { measures });
    engine.write(state.features, rows.features);
    engine.write(state.order, order);
    engine.write(mean, [NaN, 1e30]);
    const options = { state, rows, batchSize: BATCH, seed: 1 };
    const refresh = await createRefresh(engine, network as typeof plain, options);
    for (let pass = 0; pass < 2; pass++) refresh();
    const batches = [order.slice(0, 4), order.slice(4, 8), order.slice(8)].map((batch) =>
      [0, 1].map(
        (axis) =>
          [...batch].reduce((sum, row) => sum + rows.features[row * 2 + axis], 0) / batch.length,
      ),
    );
    const expected = [0, 1].map((axis) => batches.reduce((sum, b) => sum + b[axis], 0) / 3);
    expectClose(engine.read(mean), expected, tolerance);
  });
});

describe("stochastic weight averaging with batch normalization", () => {
  it("ends with the statistics of the training rows, whatever the momentum", async () => {
    const rows = toyData(60, 3);
    const model = sequential([batchNormalization(), dense({ units: 3, activation: "softmax" })]);
    await model.fit(rows, {
      optimizer: sgd({ learningRate: 0.1 }),
      loss: "categoricalCrossEntropy",
      averaging: swa({ startEpoch: 1 }),
      epochs: 2,
      batchSize: 20,
      seed: 1,
    });
    const moving = model.weights().find(({ name }) => name.endsWith("movingMean"));
    // Batches are of one size, so the mean of their means is that of all rows.
    const { features } = rows;
    const means = [0, 1].map((feature) => {
      const column = [...features].filter((_, i) => i % 2 === feature);
      return column.reduce((a, b) => a + b) / 60;
    });
    means.forEach((mean, i) => expect(moving?.values[i]).toBeCloseTo(mean, 6));
  });
});
