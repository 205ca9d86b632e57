/** @file Engines on this machine: with its threads, and with its BLAS. */
import { createEngine, type Engine, type WasmEngineOptions } from "../runtime/index.js";
import { findLibrary, simdBitsOf, type EngineChoice } from "./matrixLibraries.js";
import { UsageError } from "../util/index.js";
import { nodeThreads } from "./threads.js";

export interface NodeEngineOptions extends Omit<WasmEngineOptions, "host" | "library"> {
  /**
   * "blas" hands large matrix products to the system's BLAS, "wasm" to none; the default "auto" to one if
   * it is found and multiplies as the reference kernel does. "wasm128" is "wasm" without instructions of
   * 256 bits, as `simdBits: 128` asks for. The engine's description names the choice.
   */
  readonly engine?: EngineChoice;
  /**
   * Path or name of the BLAS, such as "libopenblas.so.0"; default: that in the environment variable
   * HOLDOUT_BLAS, else the first well-known one that is found.
   */
  readonly library?: string;
}

/**
 * An engine with this machine's BLAS, if it has one. On the same machine and with the same library, results
 * are the same bits for any number of threads; they differ from those of other engines by rounding.
 *
 * @throws UsageError if the BLAS that is asked for is not there, or multiplies wrongly
 * @example
 * const engine = await createNodeEngine({ threads: 2 });
 * console.log(engine.description); // "blas, OpenBLAS 0.3.21 (Zen), relaxed SIMD, 2 threads"
 * await model.fit(train, { ...options, engine });
 * await engine.dispose();
 */
export async function createNodeEngine({
  engine = "auto",
  library,
  ...options
}: NodeEngineOptions = {}): Promise<Engine> {
  const simdBits = simdBitsOf(engine);
  if (simdBits !== undefined && (options.simdBits ?? simdBits) !== simdBits) {
    throw new UsageError(
      `Engine: simdBits must be ${simdBits} for the engine "${engine}"; got ${options.simdBits}. Leave one out.`,
    );
  }
  return createEngine({
    ...options,
    ...(simdBits && { simdBits }),
    host: nodeThreads(),
    library: findLibrary({ engine, library }),
  });
}

/**
 * An engine that shares the work of each training step among threads, with the same results bit for
 * bit. On two cores of a shared machine the reference step was 1.5 times as fast in the median, 1.9
 * times at best; where other programs keep the cores busy it can be slower than one thread. Call
 * `dispose` when done. Studies don't need it: they keep all cores busy with one training each.
 *
 * @param options.threads - default "auto": all cores, 8 at most
 * @param options.engine - default "wasm"
 * @example
 * const engine = await createThreadedEngine();
 * await model.fit(train, { ...options, engine });
 * await engine.dispose();
 */
export function createThreadedEngine(options: NodeEngineOptions = {}): Promise<Engine> {
  return createNodeEngine({ engine: "wasm", threads: "auto", ...options });
}
