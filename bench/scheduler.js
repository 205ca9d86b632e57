/**
 * @file What a study costs beside its trainings, with a store. Usage: scheduler.js [trials]
 *
 * Tiny trials show the cost of each: two arms on 20 rows, one epoch, 4,000 trials unless told otherwise.
 * Trials of the reference network on 1,000 rows show how busy the workers are. A trial's own time is what its
 * result says: building, training and evaluating its network. The first and last trial of each worker are left
 * out: starting a thread is no cost of a trial, and at the end there is nothing to do.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { compare, dense, referenceRecipe } from "../dist/node.js";

const TRIALS = Number(process.argv[2] ?? 4000);
const ARMS = ["none", "l2=1e-4"];

const tiny = {
  ...referenceRecipe,
  data: { name: "digits", trainRows: 20 },
  split: { validation: 20, seed: 42 },
  model: { layers: [dense({ units: 10, activation: "softmax" })] },
  training: { ...referenceRecipe.training, epochs: 1, batchSize: 20 },
};
const ordinary = {
  ...referenceRecipe,
  data: { name: "digits", trainRows: 1000 },
  training: { ...referenceRecipe.training, epochs: 5 },
};

/** Runs a study with a store of its own, twice: the second time everything is stored already. */
async function measure(name, { recipe, seeds }) {
  const folder = mkdtempSync(join(tmpdir(), "holdout-bench-"));
  const store = join(folder, "holdout.db");
  const workers = availableParallelism();
  const finished = [];
  const onEvent = ({ kind, result }) => {
    if (kind === "finished") finished.push({ at: performance.now(), seconds: result.seconds });
  };
  const options = { recipe, arms: ARMS, seeds, engine: "wasm" };
  try {
    await compare(options, { store, workers, onEvent });
    const bytes = statSync(store).size;
    const again = performance.now();
    await compare(options, { store, workers });
    const { at: first } = finished[workers - 1];
    const { at: last } = finished.at(-workers);
    const trials = finished.slice(workers, finished.length - workers + 1);
    const training = trials.reduce((sum, { seconds }) => sum + 1000 * seconds, 0);
    const room = workers * (last - first);
    console.log(
      [
        `${name}: ${trials.length} trials on ${workers} workers in ${((last - first) / 1000).toFixed(1)} s`,
        `${(training / trials.length).toFixed(2)} ms a trial, ` +
          `${((room - training) / trials.length).toFixed(2)} ms beside it`,
        `workers busy ${((100 * training) / room).toFixed(1)} % of the time`,
        `${(bytes / finished.length / 1024).toFixed(0)} KiB a trial in the store`,
        `run again, all stored: ${(performance.now() - again).toFixed(0)} ms`,
      ].join("\n  "),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await measure("tiny", { recipe: tiny, seeds: TRIALS / ARMS.length });
await measure("ordinary", { recipe: ordinary, seeds: 12 });
