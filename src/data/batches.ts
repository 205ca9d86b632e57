/** @file In which order an epoch visits the rows, and where its batches begin and end. */
import { checkParameter, integer, randomStream } from "../util/index.js";

const ROWS = integer({ min: 1, default: 1 });
const EPOCH = integer({ min: 1, default: 1 });

/** Rows start ... end - 1 of an epoch's order. */
export interface Batch {
  readonly start: number;
  readonly end: number;
}

/**
 * The order of the rows in one epoch: a permutation from the stream "order/3" for epoch 3, so that any
 * epoch's order can be had without those before it, and is the same in every arm of a study.
 *
 * @param options - `rows`, at least 1; `seed`, the trial's; `epoch`, counted from 1.
 * @returns each of 0 ... rows - 1 once.
 */
export function epochOrder(options: { rows: number; seed: number; epoch: number }): Int32Array {
  const rows = checkParameter("epochOrder", "rows", ROWS, options.rows);
  const epoch = checkParameter("epochOrder", "epoch", EPOCH, options.epoch);
  return randomStream(options.seed, `order/${epoch}`).permutation(rows);
}

/**
 * Cuts an epoch into batches; the last one is smaller if the rows do not divide evenly, as in Keras
 * (PyTorch's DataLoader does the same unless told to drop it).
 *
 * @param options - `rows`, at least 1; `batchSize`, in [1, rows].
 * @throws UsageError if the batch is larger than the data: Keras would silently make it smaller.
 */
export function batchBounds(options: { rows: number; batchSize: number }): Batch[] {
  const rows = checkParameter("batches", "rows", ROWS, options.rows);
  const advice = `There are ${rows} rows to train on.`;
  const range = integer({ min: 1, max: rows, default: rows, advice });
  const batchSize = checkParameter("batches", "batchSize", range, options.batchSize);
  return Array.from({ length: Math.ceil(rows / batchSize) }, (_, index) => ({
    start: index * batchSize,
    end: Math.min((index + 1) * batchSize, rows),
  }));
}
