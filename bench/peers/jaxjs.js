/** @file jax-js as a peer, on its wasm backend: the whole step, gather and Adam included, is one `jit`. */
import {
  init,
  defaultDevice,
  jit,
  lax,
  nn,
  numpy as np,
  random,
  tree,
  valueAndGrad,
} from "@jax-js/jax";
import { batches, glorotUniform, installedVersion, readScaledRows, serve } from "./serve.js";

const clock = () => performance.now();
const product = (shape) => shape.reduce((a, b) => a * b, 1);
/** jax-js owns arrays linearly: an argument is used up, and `ref` is one more use of it. */
const copies = (weights) => tree.ref(weights);

/** How a layer changes the shape of a row, what weights it has and what it computes. */
const layerKinds = {
  dense: {
    shape: (_, { units }) => [units],
    weights: (shape, { units }) => ({
      kernel: np
        .array(glorotUniform(product(shape) * units, product(shape), units))
        .reshape([product(shape), units]),
      bias: np.zeros([units]),
    }),
    apply: (x, { kernel, bias }, { activation }) => {
      const z = np.dot(x, kernel).add(bias);
      return activation === "relu" ? nn.relu(z) : z;
    },
  },
  dropout: {
    shape: (shape) => shape,
    weights: () => ({}),
    apply: (x, _, { rate }, key) => {
      const kept = random.bernoulli(key, 1 - rate, x.shape).astype(np.float32);
      return x.mul(kept).mul(1 / (1 - rate));
    },
  },
  batchNormalization: {
    shape: (shape) => shape,
    weights: (shape) => ({ scale: np.ones(shape), shift: np.zeros(shape) }),
    apply: (x, { scale, shift }) => {
      const centred = x.ref.sub(x.mean(0));
      const deviation = np.sqrt(np.square(centred.ref).mean(0).add(1e-3));
      return centred.div(deviation).mul(scale).add(shift);
    },
  },
  /** Channels come first, as `lax.conv` has them. */
  conv2d: {
    shape: ([, height, width], { filters, kernelSize }) => [
      filters,
      height - kernelSize + 1,
      width - kernelSize + 1,
    ],
    weights: ([channels], { filters, kernelSize }) => {
      const shape = [filters, channels, kernelSize, kernelSize];
      const area = kernelSize ** 2;
      return {
        kernel: np
          .array(glorotUniform(product(shape), channels * area, filters * area))
          .reshape(shape),
        bias: np.zeros([filters, 1, 1]),
      };
    },
    apply: (x, { kernel, bias }) => nn.relu(lax.conv(x, kernel, [1, 1], "VALID").add(bias)),
  },
  maxPooling2d: {
    shape: ([channels, height, width]) => [channels, height >> 1, width >> 1],
    weights: () => ({}),
    apply: (x) => lax.reduceWindow(x, np.max, [2, 2], [2, 2]),
  },
  flatten: {
    shape: (shape) => [product(shape)],
    weights: () => ({}),
    apply: (x) => x.reshape([x.shape[0], product(x.shape.slice(1))]),
  },
};

function build({ layers, inputShape, batchSize }) {
  // Data has one channel or none, so that "channels first" is a matter of names.
  let shape = inputShape.length === 3 ? [inputShape[2], inputShape[0], inputShape[1]] : inputShape;
  const rowShape = shape;
  const weights = layers.map((layer) => {
    const { weights: create, shape: next } = layerKinds[layer.kind];
    const created = create(shape, layer);
    shape = next(shape, layer);
    return created;
  });
  const [classes] = shape;
  const loss = (parameters, x, labels, key) => {
    const keys = random.split(key, layers.length);
    let h = x;
    layers.forEach((layer, i) => {
      const own = layer.kind === "dropout" ? keys.ref.slice(i) : undefined;
      h = layerKinds[layer.kind].apply(h, parameters[i], layer, own);
    });
    keys.dispose?.();
    return nn
      .oneHot(labels, classes)
      .mul(nn.logSoftmax(h))
      .sum()
      .mul(-1 / batchSize);
  };
  return { weights, loss, rowShape };
}

/** Adam (Kingma and Ba, 2015), with epsilon where Keras has it. */
function adam({ weights, mean, square, step }, gradient) {
  const now = step.add(1);
  const rate = np
    .sqrt(np.subtract(1, np.power(0.999, now.ref)))
    .div(np.subtract(1, np.power(0.9, now.ref)))
    .mul(0.001);
  const newMean = tree.map((m, g) => m.mul(0.9).add(g.mul(0.1)), mean, copies(gradient));
  const newSquare = tree.map((v, g) => v.mul(0.999).add(np.square(g).mul(0.001)), square, gradient);
  const change = (w, m, v) => w.sub(m.mul(rate.ref).div(np.sqrt(v).add(1e-7)));
  const newWeights = tree.map(change, weights, copies(newMean), copies(newSquare));
  rate.dispose();
  return { weights: newWeights, mean: newMean, square: newSquare, step: now };
}

function createTraining(work, { features, labels, rows }) {
  const { weights, loss, rowShape } = build(work);
  const data = {
    x: np.array(features).reshape([rows, ...rowShape]),
    y: np.array(labels),
  };
  const update = jit((state, x, y, chosen, key) => {
    const batch = [np.take(x, chosen.ref, 0), np.take(y, chosen, 0)];
    const [value, gradient] = valueAndGrad(loss)(copies(state.weights), ...batch, key);
    return [adam(state, gradient), value];
  });
  const zeros = () => tree.map((w) => np.zeros(w.shape), weights);
  let state = { weights, mean: zeros(), square: zeros(), step: np.array(0).astype(np.float32) };
  const next = batches(rows, work.batchSize);
  let count = 0;
  return () => {
    const chosen = np.array(next());
    const result = update(state, data.x.ref, data.y.ref, chosen, random.key(count++));
    state = result[0];
    return result[1];
  };
}

await serve(async ({ work, data, form }) => {
  if (work.trainings) throw new Error("not measured: its step alone is in the other tables");
  await init(form);
  defaultDevice(form);
  const step = createTraining(work, { ...readScaledRows(data), rows: data.rows });
  return {
    versions: { "jax-js": installedVersion("@jax-js/jax") },
    run: async ({ steps }) => {
      const started = clock();
      let sum = 0;
      for (let i = 0; i < steps; i++) sum += (await step().data())[0];
      return { seconds: (clock() - started) / 1000, steps, loss: sum / steps };
    },
  };
});
