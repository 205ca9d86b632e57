/**
 * @file How near the reference training step comes to the machine's peak, at first and 10,000 steps later.
 *
 * Epochs of `model.fit` on one thread alternate with the peak: the engine's own inner loop on operands in
 * the first-level cache. Each epoch is held against the peak measured right before and after it, since a
 * shared machine's speed drifts; medians are printed. Run it with nothing else running.
 */
import { cpus, loadavg } from "node:os";
import process from "node:process";
import {
  adam,
  createEngine,
  dense,
  digits,
  dropout,
  preparePeak,
  sequential,
} from "../dist/node.js";

const BATCH = 128;
const STEPS_AN_EPOCH = 25;
const EPOCHS = 410;
/** Epochs summarized at each end: 1,000 steps. The first few hold V8's compilation. */
const WINDOW = 40;
const WARM_UP = 4;
const PEAK_ROUNDS = 20;
const SIZES = [784, 512, 256, 10];

/** Multiplications and additions of the eight matrix products: the data need no gradient. */
const operations = SIZES.slice(1).reduce(
  (sum, size, layer) => sum + 2 * BATCH * SIZES[layer] * size * (layer === 0 ? 2 : 3),
  0,
);

const clock = () => performance.now();
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

async function measure() {
  const meter = await preparePeak(clock);
  meter(500);
  const engine = await createEngine();
  const model = sequential([
    dense({ units: 512, activation: "relu" }),
    dropout({ rate: 0.5 }),
    dense({ units: 256, activation: "relu" }),
    dropout({ rate: 0.5 }),
    dense({ units: 10, activation: "softmax" }),
  ]);
  const epochs = [];
  let before = meter(PEAK_ROUNDS).gigaflops;
  let started = clock();
  await model.fit(digits({ rows: BATCH * STEPS_AN_EPOCH, seed: 1 }), {
    engine,
    clock,
    optimizer: adam(),
    loss: "categoricalCrossEntropy",
    epochs: EPOCHS,
    batchSize: BATCH,
    seed: 1,
    onEpoch: ({ epoch, seconds }) => {
      const after = meter(PEAK_ROUNDS).gigaflops;
      epochs.push({ milliseconds: (1000 * seconds) / STEPS_AN_EPOCH, peak: (before + after) / 2 });
      before = after;
      if (process.stderr.isTTY && clock() - started > 500) {
        started = clock();
        process.stderr.write(`\r${epoch * STEPS_AN_EPOCH} of ${EPOCHS * STEPS_AN_EPOCH} steps `);
      }
    },
  });
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  return { engine: engine.description, epochs };
}

function summarize(epochs) {
  return {
    milliseconds: median(epochs.map(({ milliseconds }) => milliseconds)),
    peak: median(epochs.map(({ peak }) => peak)),
    share: median(epochs.map(({ milliseconds, peak }) => operations / milliseconds / 1e6 / peak)),
  };
}

const { engine, epochs } = await measure();
const first = summarize(epochs.slice(WARM_UP, WARM_UP + WINDOW));
const last = summarize(epochs.slice(-WINDOW));
const machine = { node: process.version, processor: cpus()[0].model, load: loadavg()[0], engine };
if (process.argv.includes("--json")) {
  console.log(JSON.stringify({ machine, operations, first, last }, null, 2));
} else {
  const line = (name, { milliseconds, peak, share }) =>
    `${name.padEnd(26)}${milliseconds.toFixed(2)} ms   ${peak.toFixed(1)} GFLOP/s   ${(100 * share).toFixed(1)} %`;
  console.log(
    `node ${machine.node}, ${machine.processor}, load ${machine.load.toFixed(2)}, ${engine}`,
  );
  console.log(
    `Reference step, ${(operations / 1e6).toFixed(0)} MFLOP of matrix products, one thread:`,
  );
  console.log(`${"".padEnd(26)}a step    peak           share of the peak`);
  console.log(line(`steps ${WARM_UP * 25} to ${(WARM_UP + WINDOW) * 25}`, first));
  console.log(line(`steps ${(EPOCHS - WINDOW) * 25} to ${EPOCHS * 25}`, last));
}
