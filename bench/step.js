/**
 * @file How near the reference training step comes to the machine's peak, at first and 10,000 steps later.
 *
 * Both are measured in one run, in turn: the peak of the engine's own inner loop on operands in the
 * first-level cache, and an epoch of `model.fit` on one thread. Run it with nothing else running.
 */
import { cpus, loadavg } from "node:os";
import process from "node:process";
import {
  adam,
  createEngine,
  dense,
  digits,
  dropout,
  measurePeak,
  sequential,
} from "../dist/node.js";

const BATCH = 128;
const STEPS_AN_EPOCH = 50;
const EPOCHS = 204;
const SIZES = [784, 512, 256, 10];

/** Multiplications and additions of the step's eight matrix products: no gradient of the data is needed. */
const operations = SIZES.slice(1).reduce(
  (sum, size, layer) => sum + 2 * BATCH * SIZES[layer] * size * (layer === 0 ? 2 : 3),
  0,
);

const clock = () => performance.now();
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** The peak, as it is right now. */
const peakNow = async () => (await measurePeak(clock, { rounds: 40 })).gigaflops;

async function main() {
  const train = digits({ rows: BATCH * STEPS_AN_EPOCH, seed: 1 });
  const engine = await createEngine();
  const model = sequential([
    dense({ units: 512, activation: "relu" }),
    dropout({ rate: 0.5 }),
    dense({ units: 256, activation: "relu" }),
    dropout({ rate: 0.5 }),
    dense({ units: 10, activation: "softmax" }),
  ]);
  const stepTimes = [];
  const peaks = [await peakNow()];
  await model.fit(train, {
    engine,
    clock,
    optimizer: adam(),
    loss: "categoricalCrossEntropy",
    epochs: EPOCHS,
    batchSize: BATCH,
    seed: 1,
    onEpoch: ({ epoch, seconds }) => {
      stepTimes.push((1000 * seconds) / STEPS_AN_EPOCH);
      if (process.stderr.isTTY) process.stderr.write(`\repoch ${epoch} of ${EPOCHS} `);
    },
  });
  peaks.push(await peakNow());
  report({ engine: engine.description, stepTimes, peak: Math.max(...peaks) });
}

function report({ engine, stepTimes, peak }) {
  const share = (milliseconds) => operations / milliseconds / 1e6 / peak;
  // The first epochs include V8's compilation; the last ones end after 10,200 steps.
  const first = median(stepTimes.slice(2, 22));
  const last = median(stepTimes.slice(-20));
  const percent = (value) => `${(100 * value).toFixed(1)} %`;
  if (process.argv.includes("--json")) {
    const figures = { engine, peak, operations, firstMilliseconds: first, lastMilliseconds: last };
    console.log(
      JSON.stringify({ ...figures, firstShare: share(first), lastShare: share(last) }, null, 2),
    );
    return;
  }
  console.log(
    `node ${process.version}, ${cpus()[0].model}, load ${loadavg()[0].toFixed(2)}, ${engine}`,
  );
  console.log(`micro-kernel peak, one thread      ${peak.toFixed(1)} GFLOP/s`);
  console.log(`reference step, ${(operations / 1e6).toFixed(0)} MFLOP of products, one thread:`);
  console.log(
    `  steps 100 to 1,100               ${first.toFixed(2)} ms, ${percent(share(first))} of the peak`,
  );
  console.log(
    `  steps 9,200 to 10,200            ${last.toFixed(2)} ms, ${percent(share(last))} of the peak`,
  );
}

await main();
