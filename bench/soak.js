/**
 * @file Trains for 100,000 steps and watches memory and step time: neither may grow.
 *
 * Usage: npm run soak [-- --work mid|reference --steps 100000 --threads 1]. Exit code 1 on growth.
 * Ctrl-C ends it with what was seen so far. Every report covers a tenth of the steps. The images have
 * border pixels that are always 0: their weights' moments decay for ever, into subnormal numbers if the
 * engine let them.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { adam, createThreadedEngine, dense, digits, dropout, sequential } from "../dist/node.js";

const BATCH = 128;
const STEPS_AN_EPOCH = 50;
const REPORTS = 10;
/** Of resident memory from its lowest to its last, after the first report: V8's heap breathes by that much. */
const ALLOWED_MEBIBYTES = 32;
/** Of a step's time, between the first report and the last. */
const ALLOWED_SLOWDOWN = 1.1;

const networks = {
  mid: [128, 64],
  reference: [512, 256],
};

const { values } = parseArgs({
  options: {
    work: { type: "string", default: "mid" },
    steps: { type: "string", default: "100000" },
    threads: { type: "string", default: "1" },
  },
});
const hidden = networks[values.work];
const steps = Number(values.steps);
const epochs = steps / STEPS_AN_EPOCH;
const epochsAReport = epochs / REPORTS;
if (hidden === undefined || !Number.isInteger(epochsAReport) || epochsAReport < 1) {
  console.error(
    `Soak: --work must be of ${Object.keys(networks).join(", ")} and --steps a multiple of ` +
      `${STEPS_AN_EPOCH * REPORTS}; got ${values.work} and ${values.steps}.`,
  );
  process.exit(2);
}

const clock = () => performance.now();
/** Of the fastest twentieth: other programs make epochs slow, and none faster. */
const fastest = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 20)];

const reports = [];
let times = [];

function report(epoch, loss) {
  const resident = process.memoryUsage.rss() / 2 ** 20;
  const milliseconds = fastest(times);
  times = [];
  reports.push({ resident, milliseconds });
  const done = (epoch * STEPS_AN_EPOCH).toLocaleString("en-US").padStart(9);
  console.log(
    `${done} steps   ${milliseconds.toFixed(3)} ms a step   ${resident.toFixed(1)} MiB resident   loss ${loss.toFixed(4)}`,
  );
}

/** What grew beyond its bound. */
function findGrowth() {
  const last = reports.at(-1);
  const lowest = Math.min(...reports.slice(1).map(({ resident }) => resident));
  const growth = last.resident - lowest;
  const slowdown = last.milliseconds / reports[0].milliseconds;
  console.log(
    `Resident memory grew by ${growth.toFixed(1)} MiB (at most ${ALLOWED_MEBIBYTES}) from its lowest after the first report; ` +
      `a step took ${slowdown.toFixed(3)} times as long at the end (at most ${ALLOWED_SLOWDOWN}).`,
  );
  return growth > ALLOWED_MEBIBYTES || slowdown > ALLOWED_SLOWDOWN;
}

const interrupt = new AbortController();
process.once("SIGINT", () => interrupt.abort(new Error("interrupted")));

const engine = await createThreadedEngine({ threads: Number(values.threads) });
const model = sequential([
  ...hidden.flatMap((units) => [dense({ units, activation: "relu" }), dropout({ rate: 0.5 })]),
  dense({ units: 10, activation: "softmax" }),
]);
console.log(
  `784-${hidden.join("-")}-10, dropout 0.5, Adam, batch ${BATCH}; node ${process.version}, ${engine.description}`,
);
try {
  const { failure } = await model.fit(digits({ rows: BATCH * STEPS_AN_EPOCH, seed: 1 }), {
    engine,
    clock,
    optimizer: adam(),
    loss: "categoricalCrossEntropy",
    epochs,
    batchSize: BATCH,
    seed: 1,
    signal: interrupt.signal,
    onEpoch: ({ epoch, seconds, running }) => {
      times.push((1000 * seconds) / STEPS_AN_EPOCH);
      if (epoch % epochsAReport === 0) report(epoch, running.loss);
    },
  });
  if (failure) throw new Error(failure.message);
  process.exitCode = findGrowth() ? 1 : 0;
} catch (error) {
  if (!interrupt.signal.aborted) throw error;
  console.log(`Interrupted after ${reports.length} of ${REPORTS} reports.`);
  if (reports.length >= 3) findGrowth();
  process.exitCode = 130;
} finally {
  await engine.dispose();
}
