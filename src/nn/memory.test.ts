/** @file What a training holds in memory, and what is left of a model whose training does not fit. */
import { afterEach, expect, it, vi } from "vitest";
import { toyData } from "../../test/contract/toyData.js";
import { createEngine, type Engine } from "../runtime/index.js";
import { UsageError } from "../util/index.js";
import { adam, dense, sequential, type Model } from "./index.js";

afterEach(() => vi.restoreAllMocks());

const createModel = (): Model =>
  sequential([
    dense({ units: 300, activation: "relu" }),
    dense({ units: 3, activation: "softmax" }),
  ]);

const fit = (model: Model, engine: Engine, rows = 600): Promise<unknown> =>
  model.fit(toyData(rows), {
    engine,
    optimizer: adam(),
    loss: "categoricalCrossEntropy",
    epochs: 1,
    batchSize: 60,
  });

it("is told by purpose", async () => {
  const engine = await createEngine();
  await fit(createModel(), engine);
  const { weights, optimizer, data, temporaries } = engine.memory();
  // Numbers of 4 bytes; a row of 2 or 3 takes the place of 4.
  expect(weights / 4 / (2 * 300 + 300 + 300 * 4 + 3)).toBeCloseTo(1, 1);
  // Adam keeps two numbers for each weight.
  expect(optimizer).toBe(2 * weights);
  // Features, label and place in the order; then a batch of 256 rows for evaluation.
  expect(data / 4 / ((600 + 256) * 4 + 600 * 2 + 256)).toBeCloseTo(1, 1);
  // The hidden activations of a batch and their gradient do not share their place.
  expect(temporaries).toBeGreaterThan(60 * 300 * 4);
});

it("leaves the model's weights as they were where it does not fit", async () => {
  const model = createModel();
  const engine = await createEngine();
  await fit(model, engine);
  const before = model.weights();
  vi.spyOn(WebAssembly.Memory.prototype, "grow").mockImplementation(() => {
    throw new RangeError("Unable to grow instance memory");
  });
  const another = fit(model, engine, 60_000);
  await expect(another).rejects.toThrow(UsageError);
  await expect(another).rejects.toThrow(
    /^Engine: the system must have memory for training\/\w+ \(/,
  );
  expect(model.weights()).toEqual(before);
});
