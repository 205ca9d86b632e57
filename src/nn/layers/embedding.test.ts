/** @file Embedding: the contract of layers, gradients by hand, and features that are no row numbers. */
import { describe, expect, it } from "vitest";
import { describeLayer } from "../../../test/contract/describeLayer.js";
import { engines } from "../../../test/contract/engines.js";
import { gradients, ops, variable } from "../../graph/index.js";
import { sequential } from "../model.js";
import { buildNetwork } from "../network.js";
import { sgd } from "../optimizers/sgd.js";
import { nameLayers } from "../wiring.js";
import { dense } from "./dense.js";
import { embedding } from "./embedding.js";
import { flatten } from "./flatten.js";

describeLayer("embedding", {
  make: embedding,
  examples: [
    { spec: embedding({ inputDim: 4, outputDim: 3 }), inputShape: [5], indices: 4 },
    { spec: embedding({ inputDim: 7, outputDim: 1 }), inputShape: [2, 3], indices: 7 },
  ],
  sentences: [
    [{ inputDim: 4 }, "Embedding: outputDim must be given; got nothing."],
    [{ inputDim: 0, outputDim: 1 }, "Embedding: inputDim must be a whole number"],
    [{ inputDim: 2 ** 24 + 1, outputDim: 1 }, "Embedding: inputDim must be a whole number"],
  ],
});

describe.each(engines)("embedding on $name", ({ create }) => {
  it("looks rows up, and sums their gradients over occurrences", async () => {
    const network = buildNetwork(nameLayers([embedding({ inputDim: 3, outputDim: 2 })]), [2]);
    const [{ variable: table }] = network.weights;
    const x = variable({ name: "x", shape: [2, 2] });
    const { output } = network.apply(x, {});
    const [slope] = gradients(ops.sum(ops.multiply(output, output)), [table]);
    const engine = await create();
    engine.write(x, [2, 0, 2, 2]);
    engine.write(table, [1, 2, 3, 4, 5, 6]);
    const program = await engine.compile({ name: "embedding", outputs: [output, slope] });
    program.run();
    expect([...program.read(output)]).toEqual([5, 6, 1, 2, 5, 6, 5, 6]);
    // 2 * table, times how often each row occurs: 1, 0 and 3 times.
    expect([...program.read(slope)]).toEqual([2, 4, 0, 0, 30, 36]);
  });
});

describe("features of an embedding", () => {
  const model = () =>
    sequential([
      embedding({ inputDim: 3, outputDim: 2 }),
      flatten(),
      dense({ units: 2, activation: "softmax" }),
    ]);
  const rows = (features: Float32Array | Uint8Array, scale = 1) => ({
    features,
    featureShape: [2],
    scale,
    labels: Int32Array.of(0, 1),
    classes: 2,
  });

  it.each([
    [rows(Float32Array.of(0, 1, 2, 3)), "got 3 in row 1, feature 1"],
    [rows(Float32Array.of(0, -1, 2, 2)), "got -1 in row 0, feature 1"],
    [rows(Float32Array.of(0, 1, 0.5, 2)), "got 0.5 in row 1, feature 0"],
    [rows(Uint8Array.of(0, 1, 2, 1), 0.5), "got 0.5 in row 0, feature 1"],
  ])("must be whole numbers of its range: %#", async (given, got) => {
    const options = {
      optimizer: sgd(),
      loss: "categoricalCrossEntropy",
      epochs: 1,
      batchSize: 2,
    } as const;
    await expect(model().fit(given, options)).rejects.toThrow(
      `fit: features must be whole numbers from 0 to 2 for embedding_1; ${got} (both from 0).`,
    );
    const built = model();
    built.build({ inputShape: [2] });
    await expect(built.predict(given)).rejects.toThrow("predict: features must be whole numbers");
  });

  it("train the table", async () => {
    const trained = model();
    const history = await trained.fit(rows(Uint8Array.of(0, 1, 2, 1)), {
      optimizer: sgd({ learningRate: 1 }),
      loss: "categoricalCrossEntropy",
      epochs: 50,
      batchSize: 2,
    });
    expect(history.epochs.at(-1)?.clean.loss).toBeLessThan(0.1);
  });

  it("cannot come from another layer", () => {
    const layers = [dense({ units: 2 }), embedding({ inputDim: 3, outputDim: 2 })];
    expect(() => buildNetwork(nameLayers(layers), [2])).toThrow(
      "embedding_1: its input must be that of the model, whose numbers are checked; got another layer's output.",
    );
  });
});
