/** @file Worker threads as a study's workers: each trains one trial at a time on one core. */
import { Worker } from "node:worker_threads";
import { datasetFields } from "../data/index.js";
import { examineMachine, type SimdBits } from "../runtime/index.js";
import type { TrialData, TrialMessage, TrialOutcome, TrialWorker } from "../study/index.js";
import { UsageError } from "../util/index.js";
import type { ThreadData, ThreadError, ThreadMessage, ThreadTask } from "./threadMessages.js";

const ENTRY = new URL("./trialWorker.js", import.meta.url);

function rebuild({ usage, message, stack }: ThreadError): Error {
  return usage ? new UsageError(message) : Object.assign(new Error(message), { stack });
}

/** Rejects when the thread fails or ends, also between two trials, when nobody waits for it. */
function watch(thread: Worker): Promise<never> {
  const ended = new Promise<never>((_, reject) => {
    thread.on("error", reject);
    thread.on("exit", (code) => reject(new Error(`the thread ended with exit code ${code}`)));
  });
  ended.catch(() => undefined);
  return ended;
}

function receive(
  thread: Worker,
  onMessage: (message: TrialMessage) => void,
): Promise<TrialOutcome> {
  return new Promise((resolve, reject) => {
    const listen = (message: ThreadMessage): void => {
      if (message.kind !== "outcome" && message.kind !== "error") return onMessage(message);
      thread.off("message", listen);
      if (message.kind === "outcome") resolve(message.outcome);
      else reject(rebuild(message.error));
    };
    thread.on("message", listen);
  });
}

export interface ThreadWorkersOptions {
  /** Path or name of the BLAS that each trial's engine uses; default: none. */
  readonly library?: string | undefined;
  /** Bits of the instructions of each trial's engine; default: the fastest. */
  readonly simdBits?: SimdBits | undefined;
  /** Whether trials report checkpoints, for a store; default false. */
  readonly checkpoints?: boolean;
  /** The module that each thread runs; only tests need another one. */
  readonly entry?: URL;
}

/** Starts worker threads that share one copy of the data. */
export function threadWorkers(
  data: TrialData,
  { library, simdBits, checkpoints = false, entry = ENTRY }: ThreadWorkersOptions = {},
): () => TrialWorker {
  const workerData: ThreadData = {
    train: datasetFields(data.train),
    validation: datasetFields(data.validation),
    test: datasetFields(data.test),
    library,
    simdBits,
    checkpoints,
  };
  return () => {
    // Else each thread would, and take V8's flags from the others meanwhile.
    examineMachine();
    const thread = new Worker(entry, { workerData });
    const ended = watch(thread);
    return {
      run: (trial, { onMessage, resume }) => {
        const result = receive(thread, onMessage);
        const task: ThreadTask = { trial, resume };
        thread.postMessage(task);
        return Promise.race([result, ended]);
      },
      stop: async () => {
        await thread.terminate();
      },
    };
  };
}
