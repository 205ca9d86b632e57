/** @file The entry of a worker thread: trains the trials it is sent, one after the other. */
import { parentPort, workerData } from "node:worker_threads";
import { dataset } from "../data/index.js";
import { createEngine, type Engine } from "../runtime/index.js";
import { runTrial } from "../study/index.js";
import { InternalError, UsageError } from "../util/index.js";
import { openLibrary } from "./blas.js";
import type { ThreadData, ThreadError, ThreadMessage, ThreadTask } from "./threadMessages.js";

if (parentPort === null) throw new InternalError("trialWorker must be started as a worker thread");
const port = parentPort;
const send = (message: ThreadMessage): void => port.postMessage(message);

const fields = workerData as ThreadData;
const data = {
  train: dataset(fields.train),
  validation: dataset(fields.validation),
  test: dataset(fields.test),
};

const library = fields.library === undefined ? undefined : openLibrary(fields.library);

function describeError(error: unknown): ThreadError {
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  return { usage: error instanceof UsageError, message, stack };
}

/** Trials follow each other on one memory. */
let engine: Engine | undefined;
const nextEngine = async (): Promise<Engine> =>
  (engine = await createEngine({ library, simdBits: fields.simdBits, memoryOf: engine }));

async function train({ trial, resume }: ThreadTask): Promise<void> {
  try {
    const clock = (): number => performance.now();
    const outcome = await runTrial(trial, data, {
      ...{ clock, onMessage: send, checkpoints: fields.checkpoints },
      createEngine: nextEngine,
      ...(resume && { resume }),
    });
    send({ kind: "outcome", outcome });
  } catch (error) {
    send({ kind: "error", error: describeError(error) });
  }
}

port.on("message", (task: ThreadTask) => void train(task));
