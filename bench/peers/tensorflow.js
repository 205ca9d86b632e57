/** @file TensorFlow.js as a peer: `form` is its backend. One thread: in Node its wasm backend has no more. */
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { batches, installedVersion, readScaledRows, serve } from "./serve.js";

const clock = () => performance.now();
const SCORED_ROWS = 256;

const layerMakers = {
  dense: tf.layers.dense,
  dropout: tf.layers.dropout,
  batchNormalization: tf.layers.batchNormalization,
  conv2d: tf.layers.conv2d,
  maxPooling2d: tf.layers.maxPooling2d,
  flatten: tf.layers.flatten,
};

/** The last layer gives logits: TensorFlow.js has softmax and cross-entropy as one operation. */
function createModel({ layers, inputShape }) {
  const model = tf.sequential();
  layers.forEach(({ kind, ...parameters }, i) => {
    const isLast = i === layers.length - 1;
    const first = i === 0 ? { inputShape } : {};
    const last = isLast ? { activation: "linear" } : {};
    model.add(layerMakers[kind]({ ...parameters, ...first, ...last }));
  });
  return model;
}

function loadRows(data, { inputShape }) {
  const { features, labels } = readScaledRows(data);
  return {
    rows: data.rows,
    features: tf.tensor(features, [data.rows, ...inputShape]),
    labels: tf.oneHot(tf.tensor1d(labels, "int32"), data.classes).toFloat(),
  };
}

function createTraining(work, { features, labels, rows }) {
  const model = createModel(work);
  const optimizer = tf.train.adam(0.001, 0.9, 0.999, 1e-7);
  const next = batches(rows, work.batchSize);
  /** The loss of a step stays on the backend: reading it is asynchronous. */
  const step = () =>
    tf.tidy(() => {
      const chosen = tf.tensor1d(next(), "int32");
      const x = features.gather(chosen);
      const y = labels.gather(chosen);
      return optimizer.minimize(
        () => tf.losses.softmaxCrossEntropy(y, model.apply(x, { training: true })),
        true,
      );
    });
  return { model, step, dispose: () => (model.dispose(), optimizer.dispose()) };
}

async function runSteps(step, count) {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const loss = step();
    sum += (await loss.data())[0];
    loss.dispose();
  }
  return sum / count;
}

async function score(model, { features, labels, rows }) {
  let sum = 0;
  for (let start = 0; start < rows; start += SCORED_ROWS) {
    const loss = tf.tidy(() => {
      const part = (tensor) => tensor.slice(start, Math.min(SCORED_ROWS, rows - start));
      const logits = model.apply(part(features));
      const correct = logits.argMax(1).equal(part(labels).argMax(1)).sum();
      return tf.stack([tf.losses.softmaxCrossEntropy(part(labels), logits), correct.toFloat()]);
    });
    sum += (await loss.data())[0];
    loss.dispose();
  }
  return sum / Math.ceil(rows / SCORED_ROWS);
}

await serve(async ({ work, data, form }) => {
  if (!(await tf.setBackend(form))) throw new Error(`TensorFlow.js does not start ${form}`);
  await tf.ready();
  const versions = { "TensorFlow.js": installedVersion("@tensorflow/tfjs") };
  if (work.trainings) {
    const train = loadRows(data.train, work);
    const validation = loadRows(data.validation, work);
    const test = loadRows(data.test, work);
    return {
      versions,
      train: async () => {
        const { model, step, dispose } = createTraining(work, train);
        const losses = [];
        for (let epoch = 0; epoch < work.epochs; epoch++) {
          await runSteps(step, train.rows / work.batchSize);
          losses.push(await score(model, train));
          await score(model, validation);
        }
        await score(model, test);
        dispose();
        return { loss: losses.at(-1), firstLoss: losses[0] };
      },
    };
  }
  const { step } = createTraining(work, loadRows(data, work));
  return {
    versions,
    run: async ({ steps }) => {
      const started = clock();
      const loss = await runSteps(step, steps);
      return { seconds: (clock() - started) / 1000, steps, loss };
    },
  };
});
