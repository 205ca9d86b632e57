/** @file A training's files: weights, checkpoints and logs. */
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import {
  csvLog,
  decodeCheckpoint,
  decodeSafetensors,
  encodeCheckpoint,
  encodeSafetensors,
  type Callback,
  type Checkpoint,
  type WeightArray,
} from "../nn/index.js";
import { UsageError } from "../util/index.js";
import { checkWritable, writeAtomically } from "./atomicWrite.js";

function readFile(who: string, path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file" : message;
    throw new UsageError(`${who}: the path must be a file to read; got "${path}" (${reason}).`);
  }
}

/**
 * Writes weights as a safetensors file, which Python's `safetensors` reads. The file is replaced at once.
 *
 * @example writeWeights("model.safetensors", model.weights());
 * @throws UsageError naming what the file system refused
 */
export function writeWeights(path: string, weights: readonly WeightArray[]): void {
  writeAtomically("writeWeights", path, encodeSafetensors({ tensors: weights, metadata: {} }));
}

/**
 * The weights of a safetensors file, for `model.setWeights`; each must be of float32 or float64.
 *
 * @example model.setWeights(readWeights("model.safetensors"));
 * @throws UsageError if there is no such file, or it is not one of weights
 */
export function readWeights(path: string): readonly WeightArray[] {
  const { tensors } = decodeSafetensors(path, readFile("readWeights", path));
  return tensors.map(({ name, shape, values }) => {
    if (values instanceof Float32Array) return { name, shape, values };
    throw new UsageError(`${path}: ${name} must hold numbers of float32; it holds whole numbers.`);
  });
}

/**
 * Writes a checkpoint's file; the one before stays whole until this one is.
 *
 * @example saveCheckpoints({ save: (checkpoint) => writeCheckpoint("training.checkpoint", checkpoint) })
 * @throws UsageError naming what the file system refused
 */
export function writeCheckpoint(path: string, checkpoint: Checkpoint): void {
  writeAtomically("writeCheckpoint", path, encodeCheckpoint(checkpoint));
}

/**
 * Reads a checkpoint's file.
 *
 * @example await model.fit(train, { ...options, resume: readCheckpoint("training.checkpoint") });
 * @throws UsageError if there is no such file, or it is not a checkpoint
 */
export function readCheckpoint(path: string): Checkpoint {
  return decodeCheckpoint(path, readFile("readCheckpoint", path));
}

/**
 * Logs each epoch as a line of a CSV file, which can be followed while the training goes on.
 *
 * @param options.append - goes on with a file that is there, default false: begins a new one
 * @throws UsageError if the file cannot be written
 * @see csvLog for the columns
 */
export function csvLogFile(
  path: string,
  { append = false }: { readonly append?: boolean } = {},
): Callback {
  checkWritable("csvLogFile", path);
  if (!append) writeFileSync(path, "");
  return csvLog({ header: !append, write: (line) => appendFileSync(path, line) });
}
