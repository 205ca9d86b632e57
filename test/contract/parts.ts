/** @file What the suites of regularizers and constraints share: kernels, small models that have a part, training. */
import { sizeOf, type Shape } from "../../src/graph/index.js";
import {
  conv2d,
  dense,
  flatten,
  sequential,
  type LabelledRows,
  type LayerSpec,
  type Model,
  type OptimizerSpec,
} from "../../src/nn/index.js";
import type { Part } from "../../src/nn/part.js";
import { createEngine } from "../../src/runtime/index.js";
import { randomStream } from "../../src/util/index.js";

/** A kernel of a dense layer, and one of a convolution. */
export const KERNELS: readonly { readonly shape: Shape }[] = [
  { shape: [4, 3] },
  { shape: [2, 2, 3, 4] },
];

/** Numbers without pattern, none of them near 0. */
export function someWeights(shape: Shape, stream = "weights"): Float64Array {
  const random = randomStream(11, stream);
  return Float64Array.from({ length: sizeOf(shape) }, () => {
    const value = random.normal();
    return value + 0.05 * Math.sign(value);
  });
}

/** Images of 4 x 4 in three classes, which differ in the quarter that is bright. */
function toyImages(rows: number): LabelledRows {
  const random = randomStream(5, "images");
  const labels = Int32Array.from({ length: rows }, () => random.below(3));
  const features = Float32Array.from({ length: rows * 16 }, (_, i) => {
    const pixel = i % 16;
    const quarter = 2 * Math.floor(pixel / 8) + Math.floor((pixel % 4) / 2);
    return 0.3 * random.normal() + Number(quarter === labels[Math.floor(i / 16)]);
  });
  return { features, featureShape: [4, 4], scale: 1, labels, classes: 3 };
}

type PartName =
  | "kernelRegularizer"
  | "biasRegularizer"
  | "activityRegularizer"
  | "kernelConstraint"
  | "biasConstraint";
export type Parts = Readonly<Partial<Record<PartName, Part>>>;

/** Small networks whose first layer has the parts. */
export const NETWORKS: readonly {
  readonly layer: string;
  readonly layers: (parts: Parts) => readonly LayerSpec[];
}[] = [
  {
    layer: "dense",
    layers: (parts) => [
      flatten(),
      dense({ units: 6, activation: "relu", ...parts }),
      dense({ units: 3, activation: "softmax" }),
    ],
  },
  {
    layer: "conv2d",
    layers: (parts) => [
      conv2d({ filters: 4, kernelSize: 2, activation: "relu", ...parts }),
      flatten(),
      dense({ units: 3, activation: "softmax" }),
    ],
  },
];

/** The model after a few epochs, and their results. */
export async function trainToy(
  layers: readonly LayerSpec[],
  optimizer: OptimizerSpec,
): Promise<{ readonly model: Model; readonly epochs: readonly { readonly penalty?: number }[] }> {
  const model = sequential(layers);
  const { epochs } = await model.fit(toyImages(50), {
    optimizer,
    loss: "categoricalCrossEntropy",
    epochs: 3,
    batchSize: 16,
    engine: await createEngine(),
  });
  return { model, epochs };
}
