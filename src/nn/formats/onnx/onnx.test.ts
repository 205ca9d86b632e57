/** @file Exported models run by onnxruntime, and compared with Holdout's own predictions. */
import { env, InferenceSession, Tensor } from "onnxruntime-web";
import { beforeAll, describe, expect, it } from "vitest";
import { randomStream } from "../../../util/index.js";
import {
  activation,
  add,
  averagePooling2d,
  batchNormalization,
  conv2d,
  dense,
  dropout,
  flatten,
  globalAveragePooling2d,
  groupNormalization,
  layerNormalization,
  maxPooling2d,
  rmsNormalization,
  sequential,
  spatialDropout2d,
  type LayerSpec,
} from "../../index.js";

interface Example {
  readonly name: string;
  readonly inputShape: readonly number[];
  readonly layers: readonly LayerSpec[];
}

const softmax = dense({ units: 4, activation: "softmax" });
const examples: readonly Example[] = [
  {
    name: "dense",
    inputShape: [7],
    layers: [dense({ units: 16, activation: "relu" }), dropout({ rate: 0.5 }), softmax],
  },
  {
    name: "convolutional",
    inputShape: [11, 9, 2],
    layers: [
      conv2d({ filters: 5, kernelSize: 3, activation: "relu", padding: "same", strides: 2 }),
      maxPooling2d({ poolSize: 2, padding: "same" }),
      conv2d({ filters: 3, kernelSize: [2, 1], activation: "tanh" }),
      averagePooling2d({ poolSize: 2, strides: 1, padding: "same" }),
      flatten(),
      softmax,
    ],
  },
  {
    name: "batch-normalized",
    inputShape: [5, 5, 3],
    layers: [
      conv2d({ filters: 4, kernelSize: 2, useBias: false }),
      batchNormalization(),
      activation({ activation: "gelu" }),
      spatialDropout2d({ rate: 0.2 }),
      flatten(),
      dense({ units: 6, activation: "softplus" }),
      batchNormalization(),
      softmax,
    ],
  },
  {
    name: "with branches, and other normalizations",
    inputShape: [6],
    layers: [
      { ...dense({ units: 6, activation: "selu" }), name: "a" },
      { ...layerNormalization(), name: "b" },
      { ...dense({ units: 6, activation: "leakyRelu" }), name: "c" },
      { ...add(), inputs: ["a", "b", "c"] },
      groupNormalization({ groups: 2 }),
      rmsNormalization(),
      dense({ units: 4, activation: "elu" }),
    ],
  },
  {
    name: "convolutional, averaged over each image",
    inputShape: [6, 6, 1],
    layers: [
      conv2d({ filters: 4, kernelSize: 3, dilationRate: 2 }),
      globalAveragePooling2d(),
      softmax,
    ],
  },
];

/** How onnxruntime and Holdout may differ: by the order of float32 sums. */
const DIGITS = 5;

beforeAll(() => {
  env.wasm.numThreads = 1;
});

describe("an ONNX file", () => {
  it.each(examples)("gives onnxruntime the same model: $name", async ({ inputShape, layers }) => {
    const model = sequential(layers);
    model.build({ inputShape, seed: 3 });
    const random = randomStream(1, "weights");
    // Biases and state begin as zeros, which would hide mistakes.
    const weights = model.weights().map(({ name, values }) => ({
      name,
      values: values.map((value) => value + 0.1 * random.uniform()),
    }));
    model.setWeights(weights);
    const session = await InferenceSession.create(model.toOnnx());
    for (const rows of [1, 5]) {
      const size = inputShape.reduce((product, length) => product * length, rows);
      const features = Float32Array.from({ length: size }, () => random.normal());
      const input = new Tensor("float32", features, [rows, ...inputShape]);
      const { output } = await session.run({ input });
      const expected = await model.predict({ features, featureShape: inputShape, scale: 1 });
      expect(output.dims).toEqual([rows, 4]);
      const got = output.data as Float32Array;
      expected.forEach((value, i) => expect(got[i]).toBeCloseTo(value, DIGITS));
    }
  });
});
