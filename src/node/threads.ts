/** @file Worker threads as an engine's threads: they share the work of one training. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import {
  createEngine,
  type Engine,
  type ThreadHost,
  type ThreadWorker,
  type WasmEngineOptions,
} from "../runtime/index.js";

const ENTRY = new URL("./threadMain.js", import.meta.url);

/**
 * Node's worker threads. They do not keep the process alive.
 *
 * @param entry - the module each thread runs; only tests need another one
 */
export function nodeThreads(entry: URL = ENTRY): ThreadHost {
  return { cores: availableParallelism(), start: () => startThread(entry) };
}

function startThread(entry: URL): ThreadWorker {
  const thread = new Worker(entry);
  thread.unref();
  let ended: string | undefined;
  const over = new Promise<never>((_, reject) => {
    const end = (why: string): void => {
      ended ??= why;
      reject(new Error(ended));
    };
    thread.on("error", (error) => end(error.message));
    thread.on("exit", (code) => end(`it ended with exit code ${code}`));
  });
  // Handled where an answer is awaited; between two, nobody waits.
  over.catch(() => undefined);
  return {
    send: (message) => thread.postMessage(message),
    receive: () => Promise.race([over, new Promise((resolve) => thread.once("message", resolve))]),
    ended: () => ended,
    stop: async () => {
      await thread.terminate();
    },
  };
}

/**
 * An engine that shares the work of each training step among threads, with the same results bit for
 * bit. On two cores of a shared machine the reference step was 1.8 times as fast in the median of
 * interleaved runs; where other programs keep the cores busy it can be slower than one thread. Call
 * `dispose` when done. Studies don't need it: they keep all cores busy with one training each.
 *
 * @param options.threads - default "auto": all cores, 8 at most
 * @example
 * const engine = await createThreadedEngine();
 * await model.fit(train, { ...options, engine });
 * await engine.dispose();
 */
export function createThreadedEngine(
  options: Omit<WasmEngineOptions, "host"> = {},
): Promise<Engine> {
  return createEngine({ threads: "auto", ...options, host: nodeThreads() });
}
