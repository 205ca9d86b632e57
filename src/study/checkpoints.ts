/** @file The callbacks of a trial: what it keeps beside its weights, and checkpoints for whoever stores them. */
import { encodeCheckpoint, type Callback, type Checkpoint, type WeightArray } from "../nn/index.js";
import type { EpochResult } from "./results.js";

type Weights = readonly Float32Array[];
type NamedArrays = Readonly<Record<string, Float32Array>>;

const toArrays = (weights: Weights, prefix = ""): NamedArrays =>
  Object.fromEntries(weights.map((values, i) => [`${prefix}${i}`, values]));

const merged = (parts: readonly NamedArrays[]): NamedArrays =>
  Object.fromEntries(parts.flatMap((part) => Object.entries(part)));

/** The arrays "prefix0", "prefix1", ... in that order. */
function fromArrays(arrays: NamedArrays, prefix = ""): Weights {
  const weights: Float32Array[] = [];
  while (Object.hasOwn(arrays, `${prefix}${weights.length}`)) {
    weights.push(arrays[`${prefix}${weights.length}`]);
  }
  return weights;
}

/** The weights of the epoch with the lowest validation loss, which a checkpoint remembers. */
export function keepBestWeights() {
  let lowest = Infinity;
  let weights: Weights = [];
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
        arrays: toArrays(weights),
      }),
      restore: ({ values, arrays }) => {
        lowest = (values.lowest as number | null) ?? Infinity;
        weights = fromArrays(arrays);
      },
    }),
  };
  /** Them under the model's own names; the model's present ones if no validation loss was ever finite. */
  const name = (present: readonly WeightArray[]): readonly WeightArray[] =>
    present.map((weight, i) => ({ ...weight, values: weights[i] ?? weight.values }));
  return { callback, name };
}

/** The weights after every `every`th epoch, which a checkpoint remembers. */
export function collectSnapshots(every: number) {
  let snapshots: Weights[] = [];
  const callback: Callback = {
    name: "collectSnapshots",
    start: (control) => ({
      onEpochEnd: ({ epoch }) => {
        if (epoch % every === 0) snapshots.push(control.weights());
      },
      memory: () => ({
        values: { count: snapshots.length },
        arrays: merged(snapshots.map((each, i) => toArrays(each, `${i}/`))),
      }),
      restore: ({ values, arrays }) => {
        const count = values.count as number;
        snapshots = Array.from({ length: count }, (_, i) => fromArrays(arrays, `${i}/`));
      },
    }),
  };
  return { callback, taken: (): readonly Weights[] => snapshots };
}

/** One training of an ensemble that is over. */
export interface FinishedMember {
  readonly ends: { readonly epochs: readonly EpochResult[]; readonly restoredEpoch?: number };
  readonly weights: Weights;
  /** Of its epoch with the lowest validation loss. */
  readonly best: Weights;
}

/** Puts the members that are finished into the checkpoints of the one under way. */
export function rememberMembers(finished: readonly FinishedMember[]): Callback {
  return {
    name: "rememberMembers",
    start: () => ({
      memory: () => ({
        values: { ends: JSON.stringify(finished.map(({ ends }) => ends)) },
        arrays: merged(
          finished.flatMap(({ weights, best }, i) => [
            toArrays(weights, `${i}/weights/`),
            toArrays(best, `${i}/best/`),
          ]),
        ),
      }),
    }),
  };
}

/** Those that a checkpoint remembers; none without a checkpoint, or of a trial of one training. */
export function recallMembers(checkpoint: Checkpoint | undefined): readonly FinishedMember[] {
  const memory = checkpoint?.callbacks.rememberMembers;
  if (memory === undefined) return [];
  const ends = JSON.parse(memory.values.ends as string) as readonly FinishedMember["ends"][];
  return ends.map((each, i) => ({
    ends: each,
    weights: fromArrays(memory.arrays, `${i}/weights/`),
    best: fromArrays(memory.arrays, `${i}/best/`),
  }));
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
        onEpochSettled: () => {
          const now = clock();
          if (now - latest < SHORTEST_INTERVAL) return;
          latest = now;
          report(encodeCheckpoint(control.checkpoint()));
        },
      };
    },
  };
}
