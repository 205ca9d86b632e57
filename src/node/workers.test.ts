/** @file Real threads with entries of a few lines, for what the real entry does only when it breaks. */
import { describe, expect, it } from "vitest";
import { dataset } from "../data/index.js";
import type { TrialMessage, TrialSpec } from "../study/index.js";
import { referenceRecipe } from "../techniques/index.js";
import { UsageError } from "../util/index.js";
import { threadWorkers } from "./workers.js";

const rows = dataset({
  name: "two rows",
  features: new Float32Array(new SharedArrayBuffer(8)),
  featureShape: [1],
  scale: 1,
  labels: new Int32Array(new SharedArrayBuffer(8)),
  classes: 2,
});
const data = { train: rows, validation: rows, test: rows };
const trial: TrialSpec = { index: 0, arm: "none", seed: 7, recipe: referenceRecipe };

const silent = { onMessage: () => undefined };

/** Starts a worker whose thread runs `onTrial` for each trial; `port` and `workerData` are in reach. */
function startThread(onTrial: string) {
  const source = `
    import { parentPort as port, workerData } from "node:worker_threads";
    port.on("message", ({ trial, resume }) => { ${onTrial} });`;
  const entry = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  return threadWorkers(data, { entry })();
}

describe("threadWorkers", () => {
  it("sends a trial over and brings its messages and its result back", async () => {
    const worker = startThread(`
      port.postMessage({ kind: "progress", epoch: 1, step: 2, steps: 3 });
      port.postMessage({ kind: "outcome", outcome: { seed: trial.seed } });`);
    const messages: TrialMessage[] = [];
    const result = await worker.run(trial, { onMessage: (message) => void messages.push(message) });
    expect(result).toEqual({ seed: 7 });
    expect(messages).toEqual([{ kind: "progress", epoch: 1, step: 2, steps: 3 }]);
    expect(await worker.run({ ...trial, seed: 8 }, silent)).toEqual({ seed: 8 });
    await worker.stop();
  });

  it("hands a checkpoint over, and brings checkpoints back", async () => {
    const worker = startThread(`
      port.postMessage({ kind: "checkpoint", bytes: resume });
      port.postMessage({ kind: "outcome", outcome: {} });`);
    const messages: TrialMessage[] = [];
    const resume = Uint8Array.of(1, 2, 3);
    await worker.run(trial, { onMessage: (message) => void messages.push(message), resume });
    expect(messages).toEqual([{ kind: "checkpoint", bytes: resume }]);
    await worker.stop();
  });

  it("shares the data's memory with the thread", async () => {
    const worker = startThread(`
      workerData.train.features[0] = trial.seed;
      port.postMessage({ kind: "outcome", outcome: {} });`);
    await worker.run(trial, silent);
    expect(rows.features[0]).toBe(7);
    await worker.stop();
  });

  it("rejects when the thread ends, whether in a trial or between two", async () => {
    const worker = startThread("process.exit(3)");
    await expect(worker.run(trial, silent)).rejects.toThrow("the thread ended with exit code 3");
    await expect(worker.run(trial, silent)).rejects.toThrow("exit code 3");
  });

  it("rejects with what the thread did not catch", async () => {
    const worker = startThread('throw new Error("broken")');
    await expect(worker.run(trial, silent)).rejects.toThrow("broken");
  });

  it("keeps the user's mistakes apart from ours on the way between threads", async () => {
    const send = (usage: boolean): string =>
      `port.postMessage({ kind: "error", error: { usage: ${usage}, message: "m", stack: "s" } })`;
    const [theirs, ours] = [startThread(send(true)), startThread(send(false))];
    await expect(theirs.run(trial, silent)).rejects.toBeInstanceOf(UsageError);
    const error: unknown = await ours.run(trial, silent).catch((e: unknown) => e);
    expect(error).not.toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ message: "m", stack: "s" });
    await Promise.all([theirs.stop(), ours.stop()]);
  });

  it("ends a thread that is busy", async () => {
    const worker = startThread('port.postMessage({ kind: "epoch", result: {} }); for (;;);');
    let begin: () => void;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const run = worker.run(trial, { onMessage: () => begin() });
    run.catch(() => undefined);
    await begun;
    await worker.stop();
    await expect(run).rejects.toThrow("exit code");
  });
});
