/** @file Reads `.keras` files: an archive with a model's configuration and an HDF5 file of its weights. */
import { readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import { modelFromKeras, type Model, type StoredTensor } from "../nn/index.js";
import { UsageError } from "../util/index.js";

type Hdf5 = typeof import("h5wasm");

async function loadHdf5(): Promise<Hdf5> {
  try {
    return await import("h5wasm");
  } catch {
    throw new UsageError(
      "readKeras: the package h5wasm must be installed; it is not. Run: npm install h5wasm",
    );
  }
}

function unzip(path: string): Readonly<Record<string, Uint8Array>> {
  const refuse = (reason: string): UsageError =>
    new UsageError(
      `readKeras: the path must be a .keras file of Keras 3; got "${path}" (${reason}).`,
    );
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw refuse((error as Error).message);
  }
  try {
    return unzipSync(bytes);
  } catch {
    throw refuse("it is not an archive");
  }
}

/** All arrays of an HDF5 file, by their paths. */
async function readArrays(bytes: Uint8Array): Promise<readonly StoredTensor[]> {
  const { default: h5wasm } = await loadHdf5();
  const { FS } = await h5wasm.ready;
  // The library reads from a file system of its own, in memory.
  const place = "/weights.h5";
  FS.writeFile(place, bytes);
  const file = new h5wasm.File(place, "r");
  try {
    return file.paths().flatMap((name) => {
      const entity = file.get(name);
      if (!(entity instanceof h5wasm.Dataset)) return [];
      const { shape, value } = entity;
      const isNumbers = value instanceof Float32Array || value instanceof Float64Array;
      return isNumbers ? [{ name, shape: shape ?? [], values: Float32Array.from(value) }] : [];
    });
  } finally {
    file.close();
    FS.unlink(place);
  }
}

/**
 * Reads a model that Keras 3 saved with `model.save("model.keras")`. Needs the package h5wasm.
 *
 * @example const model = await readKeras("model.keras");
 * @throws UsageError if it is not such a file, or has layers or settings that Holdout does not have
 * @see modelFromKeras for what is taken over
 */
export async function readKeras(path: string): Promise<Model> {
  const { "config.json": config, "model.weights.h5": weights } = unzip(path);
  if (config === undefined || weights === undefined) {
    throw new UsageError(
      `readKeras: the path must be a .keras file of Keras 3; got "${path}" (it holds no config.json and model.weights.h5).`,
    );
  }
  const text = new TextDecoder().decode(config);
  return modelFromKeras({
    config: JSON.parse(text) as unknown,
    weights: await readArrays(weights),
  });
}
