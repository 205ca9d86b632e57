/** @file Holdout as a peer: one `fit` that lasts as long as the process; each turn is some of its epochs. */
import * as holdout from "../../dist/node.js";
import { preparePeaks } from "./peaks.js";
import { readRows, receive, send, serve } from "./serve.js";

const clock = () => performance.now();

/** Ways to get an engine, by form. */
const engines = {
  wasm: (threads) =>
    threads === 1 ? holdout.createEngine() : holdout.createThreadedEngine({ threads }),
  wasm128: (threads) => holdout.createThreadedEngine({ threads, engine: "wasm128" }),
  blas: (threads) => {
    if (!holdout.createNodeEngine) throw new Error("Holdout has no engine with BLAS yet");
    return holdout.createNodeEngine({ engine: "blas", threads });
  },
};

function createLayer({ kind, ...parameters }) {
  if (typeof holdout[kind] !== "function") throw new Error(`Holdout has no layer ${kind} yet`);
  return holdout[kind](parameters);
}

/** Trains for ever. Epochs make up a turn; the next command is awaited inside of the training loop. */
async function train({ work, data, form, threads, steps: wanted }, engine) {
  const { peaks, sustain } = await preparePeaks(
    threads,
    form === "wasm128" ? { simdBits: 128 } : {},
  );
  const rows = holdout.dataset({
    name: work.data.kind,
    ...readRows(data),
    featureShape: work.inputShape,
    scale: data.scale,
    classes: data.classes,
  });
  const steps = Math.floor(data.rows / work.batchSize);
  const model = holdout.sequential(work.layers.map(createLayer));
  const newTurn = (wantedSteps) => {
    return { wanted: wantedSteps, steps: 0, seconds: 0, before: peaks(), sustained: [] };
  };
  let turn = newTurn(wanted);
  await model.fit(rows, {
    engine,
    clock,
    optimizer: holdout.adam(),
    loss: "categoricalCrossEntropy",
    epochs: 1_000_000,
    batchSize: work.batchSize,
    onEpoch: ({ running, seconds }) => {
      turn.steps += steps;
      turn.seconds += seconds;
      // The machine's speed changes within a turn: the micro-kernel runs in turns with the epochs, as long as they.
      turn.sustained.push(sustain(1000 * seconds));
      // The number of epochs that comes nearest.
      if (turn.steps + steps / 2 < turn.wanted) return;
      const { seconds: worked, steps: done, before, sustained } = turn;
      const measured = { peaks: [before, peaks()], sustained, memory: engine.memory() };
      send({ seconds: worked, steps: done, loss: running.loss, ...measured });
      turn = newTurn(receive().steps);
    },
  });
}

await serve(async (command) => {
  const engine = await engines[command.form](command.threads);
  command.work.layers.forEach(createLayer);
  return {
    versions: { engine: engine.description },
    run: ({ steps }) => train({ ...command, steps }, engine),
  };
});
