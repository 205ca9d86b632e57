/** @file The exponential moving average of weights. */
import { ops } from "../../graph/index.js";
import { integer, real } from "../../util/index.js";
import { optional } from "../parameters.js";
import { defineAveraging } from "./define.js";

/**
 * `average = momentum average + (1 - momentum) w` after each batch; after the first, `average = w`.
 *
 * Scores after each epoch, callbacks and the weights in the end are those of the average, while training
 * goes on from the weights themselves. With overwriteFrequency n, the average replaces them after each
 * n-th batch. Keras' `use_ema`, `ema_momentum` and `ema_overwrite_frequency`, which scores and
 * checkpoints the weights as they are until the end of `fit`, unless `SwapEMAWeights` is used; and averages
 * weights before their constraint, where this takes them after. PyTorch: `AveragedModel` with
 * `get_ema_multi_avg_fn`. Running statistics, averages already, stay as they are.
 *
 * @param options.momentum - in [0, 1), default 0.99
 * @param options.overwriteFrequency - batches, default never
 * @example model.fit(rows, { averaging: ema({ momentum: 0.999 }), ... })
 * @see Polyak and Juditsky, Acceleration of stochastic approximation by averaging, 1992
 */
export const ema = defineAveraging({
  kind: "ema",
  title: "EMA",
  params: {
    momentum: real({ min: 0, max: 1, maxOpen: true, default: 0.99, search: [0.9, 0.9999] }),
    overwriteFrequency: optional(integer({ min: 1, default: 100 })),
  },
  takes: "batches",
  refreshesStatistics: false,
  share: (count, { momentum }) => ops.select(ops.equal(count, 0), 1, 1 - momentum),
  overwritesEvery: ({ overwriteFrequency }) => overwriteFrequency,
});
