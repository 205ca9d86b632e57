/** @file Stochastic weight averaging. */
import { ops } from "../../graph/index.js";
import { integer, UsageError } from "../../util/index.js";
import { defineAveraging } from "./define.js";

/**
 * The mean of the weights at the ends of epochs startEpoch, startEpoch + everyEpochs and so on:
 * `average = average + (w - average) / (n + 1)` after n.
 *
 * From the first of them on, scores after each epoch, callbacks and the weights in the end are those of
 * the average, while training goes on from the weights themselves. Statistics of batch normalization are
 * computed anew for the average: as the mean of those of each batch, in one pass over the training rows in
 * training mode, dropout included. PyTorch's `AveragedModel` and `update_bn` do the same, when called.
 * Keras has none.
 *
 * The average is worth most with a learning rate that stays high or returns: give the optimizer
 * piecewiseConstant, or cosineDecayRestarts with periods of everyEpochs epochs.
 *
 * @param options.startEpoch - the first epoch that enters, from 1
 * @param options.everyEpochs - at least 1, default 1
 * @example model.fit(rows, { epochs: 20, averaging: swa({ startEpoch: 15 }), ... })
 * @see Izmailov et al., Averaging weights leads to wider optima and better generalization, 2018
 */
export const swa = defineAveraging({
  kind: "swa",
  title: "SWA",
  params: {
    startEpoch: integer({ min: 1, default: 1 }),
    everyEpochs: integer({ min: 1, default: 1 }),
  },
  required: ["startEpoch"],
  takes: "epochs",
  refreshesStatistics: true,
  share: (count) => ops.divide(1, ops.add(count, 1)),
  takesEpoch: (epoch, { startEpoch, everyEpochs }) =>
    epoch >= startEpoch && (epoch - startEpoch) % everyEpochs === 0,
  checkEpochs: (epochs, { startEpoch }) => {
    if (startEpoch <= epochs) return;
    throw new UsageError(
      `SWA: startEpoch must be at most the number of epochs (${epochs}); got ${startEpoch}.`,
      { at: ["startEpoch"] },
    );
  },
});
