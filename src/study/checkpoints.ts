/** @file The callbacks of a trial: the best epoch's weights, and checkpoints for whoever stores them. */
import { encodeCheckpoint, type Callback, type WeightArray } from "../nn/index.js";

/** The weights of the epoch with the lowest validation loss, which a checkpoint remembers. */
export function keepBestWeights() {
  let lowest = Infinity;
  let weights: readonly Float32Array[] = [];
  const callback: Callback = {
    name: "keepBestWeights",
    start: (control) => ({
      onEpochEnd: ({ validation }) => {
        const loss = validation?.loss ?? NaN;
        if (!(loss < lowest)) return;
        lowest = loss;
        weights = control.weights();
      },
      memory: () => ({
        // JSON has no infinity.
        values: { lowest: Number.isFinite(lowest) ? lowest : null },
        arrays: Object.fromEntries(weights.map((values, i) => [String(i), values])),
      }),
      restore: ({ values, arrays }) => {
        lowest = (values.lowest as number | null) ?? Infinity;
        weights = Object.keys(arrays).map((_, i) => arrays[String(i)]);
      },
    }),
  };
  /** Them under the model's own names; the model's present ones if no validation loss was ever finite. */
  const name = (present: readonly WeightArray[]): readonly WeightArray[] =>
    present.map((weight, i) => ({ ...weight, values: weights[i] ?? weight.values }));
  return { callback, name };
}

/** Milliseconds; shorter epochs share a checkpoint, or writing them would take longer than training. */
const SHORTEST_INTERVAL = 1000;

/** Hands over a checkpoint's bytes after an epoch, but at most one a second. */
export function reportCheckpoints(
  clock: () => number,
  report: (bytes: Uint8Array) => void,
): Callback {
  return {
    name: "reportCheckpoints",
    start: (control) => {
      let latest = clock();
      return {
        onEpochSettled: ({ epoch }) => {
          const now = clock();
          // After the last epoch the result itself is a moment away.
          if (epoch === control.epochs || now - latest < SHORTEST_INTERVAL) return;
          latest = now;
          report(encodeCheckpoint(control.checkpoint()));
        },
      };
    },
  };
}
