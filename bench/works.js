/**
 * @file What is measured, as plain data that every peer builds its own network from, in any language.
 *
 * The kinds and parameters of layers are Holdout's, which are Keras'. The last layer gives logits, or
 * probabilities where a peer's loss wants them; the loss is cross-entropy, the optimizer Adam with
 * learning rate 0.001 and epsilon 1e-7.
 */
const relu = (units) => ({ kind: "dense", units, activation: "relu" });
const dropout = { kind: "dropout", rate: 0.5 };
const convolution = (filters) => ({ kind: "conv2d", filters, kernelSize: 3, activation: "relu" });
const pooling = { kind: "maxPooling2d" };
const normalization = { kind: "batchNormalization" };
const head = (units) => ({ kind: "dense", units, activation: "softmax" });

const images = (rows) => ({ kind: "digits", rows });
const REFERENCE = [relu(512), dropout, relu(256), dropout, head(10)];

/**
 * @typedef {object} Work
 * @property {string} title
 * @property {number[]} inputShape - of one row
 * @property {object[]} layers
 * @property {number} batchSize
 * @property {{ kind: "digits" | "table", rows: number }} data - `rows` is an epoch of Holdout
 * @property {number} [trainings] - of a study: how many, from as many seeds
 * @property {number} [epochs] - of each training of a study
 */

/** @type {Readonly<Record<string, Work>>} */
export const works = {
  mlp: {
    title: "Reference network: 784-512-256-10, dropout 0.5, batch 128",
    inputShape: [784],
    layers: REFERENCE,
    batchSize: 128,
    data: images(6400),
  },
  plain: {
    title: "Reference network without dropout",
    inputShape: [784],
    layers: REFERENCE.filter((layer) => layer !== dropout),
    batchSize: 128,
    data: images(6400),
  },
  small: {
    title: "Small network for tables: 60-32-2, batch 32",
    inputShape: [60],
    layers: [relu(32), head(2)],
    batchSize: 32,
    data: { kind: "table", rows: 64_000 },
  },
  norm: {
    title: "Reference network with batch normalization in place of dropout",
    inputShape: [784],
    layers: [relu(512), normalization, relu(256), normalization, head(10)],
    batchSize: 128,
    data: images(6400),
  },
  conv: {
    title: "Keras' MNIST convnet: conv 32, pool, conv 64, pool, dropout 0.5, dense 10, batch 128",
    inputShape: [28, 28, 1],
    layers: [
      convolution(32),
      pooling,
      convolution(64),
      pooling,
      { kind: "flatten" },
      dropout,
      head(10),
    ],
    batchSize: 128,
    data: images(1280),
  },
  study: {
    title: "Study: ten trainings of the reference network, two epochs of 2,560 rows each",
    inputShape: [784],
    layers: REFERENCE,
    batchSize: 128,
    data: images(2560),
    trainings: 10,
    epochs: 2,
  },
};

const size = (shape) => shape.reduce((product, length) => product * length, 1);

/** Multiplications and additions of the products of one step; the data need no gradient. */
export function countOperations({ inputShape, layers, batchSize }) {
  let shape = inputShape;
  let operations = 0;
  let products = 0;
  const multiply = (count) => {
    operations += 2 * batchSize * count * (products++ === 0 ? 2 : 3);
  };
  for (const layer of layers) {
    if (layer.kind === "dense") {
      multiply(size(shape) * layer.units);
      shape = [layer.units];
    } else if (layer.kind === "conv2d") {
      const [height, width] = shape.map((length) => length - layer.kernelSize + 1);
      multiply(height * width * layer.filters * layer.kernelSize ** 2 * shape[2]);
      shape = [height, width, layer.filters];
    } else if (layer.kind === "maxPooling2d") {
      shape = [shape[0] >> 1, shape[1] >> 1, shape[2]];
    }
  }
  return operations;
}
