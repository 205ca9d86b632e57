/** @file A small network of convolutions and poolings, trained through the model. */
import { expect, it } from "vitest";
import { engines } from "../../test/contract/engines.js";
import { createEngine, createReferenceEngine, type Engine } from "../runtime/index.js";
import { randomStream } from "../util/index.js";
import {
  averagePooling2d,
  conv2d,
  dense,
  flatten,
  globalAveragePooling2d,
  maxPooling2d,
  sequential,
  sgd,
  type LabelledRows,
  type LayerSpec,
} from "./index.js";

const SIDE = 8;

/** Images of noise with one bright line: class 0 a row, class 1 a column. */
function lines(count: number, seed: number): LabelledRows {
  const random = randomStream(seed, "lines");
  const labels = Int32Array.from({ length: count }, () => random.below(2));
  const features = new Float32Array(count * SIDE * SIDE);
  labels.forEach((label, i) => {
    const place = random.below(SIDE);
    for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
      const across = label === 0 ? Math.floor(pixel / SIDE) : pixel % SIDE;
      features[i * SIDE * SIDE + pixel] = (across === place ? 1 : 0) + 0.3 * random.uniform();
    }
  });
  return { features, featureShape: [SIDE, SIDE], scale: 1, labels, classes: 2 };
}

const layers: LayerSpec[] = [
  conv2d({ filters: 4, kernelSize: 3, activation: "relu", padding: "same" }),
  maxPooling2d(),
  conv2d({ filters: 5, kernelSize: 2, activation: "tanh", strides: [1, 2] }),
  averagePooling2d({ poolSize: 2, padding: "same" }),
];

const train = async (engine: Engine, head: LayerSpec[], epochs: number) => {
  const model = sequential([...layers, ...head, dense({ units: 2, activation: "softmax" })]);
  const history = await model.fit(lines(60, 1), {
    validation: lines(20, 2),
    optimizer: sgd({ learningRate: 0.3, momentum: 0.9 }),
    loss: "categoricalCrossEntropy",
    epochs,
    batchSize: 16,
    seed: 1,
    engine,
  });
  return { model, history };
};

it.each(engines)("learns to tell rows from columns on $name", async ({ create }) => {
  const { history } = await train(await create(), [flatten()], 15);
  expect(history.epochs.at(-1)?.clean.accuracy).toBeGreaterThan(0.95);
});

it("has the weights of the float64 judge after an epoch", async () => {
  for (const head of [flatten(), globalAveragePooling2d()]) {
    const [actual, expected] = await Promise.all(
      [await createEngine(), createReferenceEngine()].map((engine) => train(engine, [head], 1)),
    );
    actual.model.weights().forEach(({ values }, i) => {
      const wanted = expected.model.weights()[i].values;
      values.forEach((value, k) => {
        expect(Math.abs(value - wanted[k])).toBeLessThan(1e-4);
      });
    });
  }
});
