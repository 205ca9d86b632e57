/** @file A checkpoint: everything that a training needs to go on as if it had never been interrupted. */
import type { Values } from "../runtime/index.js";
import { UsageError } from "../util/index.js";
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from "./formats/safetensors.js";
import type { TrainingEpoch, TrainingStop } from "./history.js";

/** What a callback remembers between epochs, in a checkpoint: plain values, and arrays by name. */
export interface CallbackMemory {
  readonly values: Readonly<Record<string, number | string | boolean | null>>;
  readonly arrays: Readonly<Record<string, Float32Array>>;
}

/** Taken at the end of an epoch. Plain data, but for its arrays. */
export interface Checkpoint {
  /** Epochs done. */
  readonly epoch: number;
  /** What these epochs reported. */
  readonly epochs: readonly TrainingEpoch<never>[];
  /** All weights, in the order of the layers. */
  readonly weights: readonly StoredTensor[];
  /** What the optimizer remembers, the number of updates, the learning rate. */
  readonly memory: readonly StoredTensor[];
  /** What callbacks remember, by name. */
  readonly callbacks: Readonly<Record<string, CallbackMemory>>;
  /** If the training was stopped after this epoch. */
  readonly stopped?: TrainingStop;
  /** What a training that goes on must have in common with this one: by name, as JSON. */
  readonly setting: Readonly<Record<string, string>>;
}

/** The version of the file's layout. */
const FORMAT = "holdout checkpoint 1";

const prefixed = (prefix: string, tensors: readonly StoredTensor[]): readonly StoredTensor[] =>
  tensors.map((tensor) => ({ ...tensor, name: `${prefix}${tensor.name}` }));

function withPrefix(prefix: string, tensors: readonly StoredTensor[]): readonly StoredTensor[] {
  return tensors.flatMap((tensor) =>
    tensor.name.startsWith(prefix) ? [{ ...tensor, name: tensor.name.slice(prefix.length) }] : [],
  );
}

const callbackTensors = ([name, { arrays }]: [string, CallbackMemory]): readonly StoredTensor[] =>
  Object.entries(arrays).map(([part, values]) => ({
    name: `callbacks/${name}/${part}`,
    shape: [values.length],
    values,
  }));

/** The bytes of a checkpoint's file: safetensors, with what is not a tensor as JSON in its metadata. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array<ArrayBuffer> {
  const { weights, memory, callbacks, ...rest } = checkpoint;
  const values = Object.entries(callbacks).map(([name, { values: kept }]) => [name, kept] as const);
  return encodeSafetensors({
    metadata: {
      format: FORMAT,
      training: JSON.stringify({ ...rest, callbacks: Object.fromEntries(values) }),
    },
    tensors: [
      ...prefixed("weights/", weights),
      ...prefixed("memory/", memory),
      ...Object.entries(callbacks).flatMap(callbackTensors),
    ],
  });
}

type Described = Omit<Checkpoint, "weights" | "memory" | "callbacks"> & {
  readonly callbacks: Readonly<Record<string, CallbackMemory["values"]>>;
};

/** JSON has no NaN: the seconds of a training without a clock come back as null. */
const withSeconds = (epoch: TrainingEpoch<never>): TrainingEpoch<never> => ({
  ...epoch,
  seconds: epoch.seconds ?? NaN,
});

/**
 * Reads a checkpoint's file.
 *
 * @param who - subject of the sentences: the file's name
 * @throws UsageError if it is not a checkpoint, or of a version that this one does not read
 */
export function decodeCheckpoint(who: string, file: Uint8Array): Checkpoint {
  const { tensors, metadata } = decodeSafetensors(who, file);
  if (metadata.format !== FORMAT) {
    throw new UsageError(
      `${who}: must be a ${FORMAT} file; got ${metadata.format ?? "a file without that mark"}.`,
    );
  }
  const { callbacks, epochs, ...rest } = JSON.parse(metadata.training) as Described;
  const memories = Object.entries(callbacks).map(([name, values]) => {
    const arrays = withPrefix(`callbacks/${name}/`, tensors).map(
      (tensor) => [tensor.name, tensor.values as Float32Array] as const,
    );
    return [name, { values, arrays: Object.fromEntries(arrays) }] as const;
  });
  return {
    ...rest,
    epochs: epochs.map(withSeconds),
    weights: withPrefix("weights/", tensors),
    memory: withPrefix("memory/", tensors),
    callbacks: Object.fromEntries(memories),
  };
}

/**
 * The values of `wanted` out of a checkpoint, in that order.
 *
 * @throws UsageError naming the first that is missing, has another size or is not wanted
 */
export function matchTensors(
  wanted: readonly { readonly name: string; readonly shape: readonly number[] }[],
  stored: readonly StoredTensor[],
): readonly Values[] {
  const stranger = stored.find(({ name }) => !wanted.some((other) => other.name === name));
  if (stranger) {
    throw new UsageError(
      `fit: the checkpoint must be of the same model and optimizer; it also has ${stranger.name}.`,
    );
  }
  return wanted.map(({ name, shape }) => {
    const found = stored.find((tensor) => tensor.name === name);
    if (found && String(found.shape) === String(shape)) return found.values;
    throw new UsageError(
      `fit: the checkpoint must be of the same model and optimizer; it must have ${name} of shape ` +
        `[${shape.join(", ")}], and has ${found ? `[${found.shape.join(", ")}]` : "none"}.`,
    );
  });
}

/** Throws for the first setting in which the training to go on with differs from that of the checkpoint. */
export function checkSetting(
  checkpoint: Checkpoint,
  setting: Readonly<Record<string, string>>,
): void {
  const names = Object.keys({ ...setting, ...checkpoint.setting });
  const other = names.find((name) => setting[name] !== checkpoint.setting[name]);
  if (other === undefined) return;
  throw new UsageError(
    `fit: ${other} must be as in the training that the checkpoint is of, ${checkpoint.setting[other] ?? "none"}; ` +
      `got ${setting[other] ?? "none"}.`,
  );
}
