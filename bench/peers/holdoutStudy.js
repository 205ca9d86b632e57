/** @file Holdout's own study as a peer: trials on worker threads, scores of each epoch and the test included. */
import * as holdout from "../../dist/node.js";
import { findLibrary } from "../../dist/node/matrixLibraries.js";
import { readRows, serve } from "./serve.js";

const clock = () => performance.now();

await serve(async ({ work, data, form, threads }) => {
  const load = (part) =>
    holdout.dataset({
      name: work.data.kind,
      ...readRows(data[part]),
      featureShape: work.inputShape,
      scale: data[part].scale,
      classes: data[part].classes,
    });
  const rows = { train: load("train"), validation: load("validation"), test: load("test") };
  const { optimizer, loss } = holdout.referenceRecipe.training;
  const recipe = {
    data: { name: work.data.kind, trainRows: rows.train.rows },
    split: { seed: 0 },
    model: { layers: work.layers.map(({ kind, ...parameters }) => holdout[kind](parameters)) },
    training: { optimizer, loss, epochs: work.epochs, batchSize: work.batchSize },
  };
  const library = findLibrary({ engine: form });
  const { description: engine } = await holdout.createEngine({ library });
  return {
    versions: { engine },
    train: async () => {
      const design = holdout.designStudy({ recipe, arms: ["none"], seeds: work.trainings });
      const started = clock();
      const { arms } = await holdout.runStudy(
        design,
        { ...rows, recipe, description: { name: work.data.kind } },
        {
          startWorker: holdout.threadWorkers(rows, { library: library?.location }),
          workers: threads,
          clock,
          environment: {},
        },
      );
      const seconds = (clock() - started) / 1000;
      const { trials } = arms[0];
      const failed = trials.find(({ failure }) => failure);
      if (failed) throw new Error(failed.failure.message);
      const mean = (epoch) =>
        trials.reduce((sum, { epochs }) => sum + epochs.at(epoch).clean.loss, 0) / trials.length;
      return { seconds, loss: mean(-1), firstLoss: mean(0), trainings: trials.length };
    },
  };
});
