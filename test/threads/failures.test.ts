/** @file A thread that does not start, dies, fails or hangs ends in a sentence that says so, in bounded time. */
import { describe, expect, it } from "vitest";
import { ops, variable } from "../../src/graph/index.js";
import { nodeThreads } from "../../src/node/threads.js";
import {
  createEngine,
  type Engine,
  type Program,
  type ThreadHost,
  type ThreadWorker,
} from "../../src/runtime/index.js";
import { InternalError, UsageError } from "../../src/util/index.js";
import { compiledEntry, threadedEngines } from "./threadedEngines.js";

const entry = compiledEntry();
const create = threadedEngines(entry);

/** A thread that runs some lines of code; `port` is in reach, and `ControlWords`. */
function threadOf(code: string): ThreadHost {
  const words = new URL("../runtime/controlWords.js", entry);
  const source = `
    import { parentPort as port } from "node:worker_threads";
    import { ControlWords } from "${words.href}";
    ${code}`;
  return nodeThreads(new URL(`data:text/javascript,${encodeURIComponent(source)}`));
}

/** A host that remembers its threads, so that tests can end them behind the engine's back. */
function watched(): { host: ThreadHost; workers: ThreadWorker[] } {
  const workers: ThreadWorker[] = [];
  const inner = nodeThreads(entry);
  const start = (): ThreadWorker => {
    const worker = inner.start();
    workers.push(worker);
    return worker;
  };
  return { host: { ...inner, start }, workers };
}

const count = variable({ name: "count", shape: [64, 8] });

function compileStep(engine: Engine): Promise<Program> {
  return engine.compile({ name: "step", updates: new Map([[count, ops.add(count, 1)]]) });
}

async function expectOver(engine: Engine, program: Program, message: RegExp): Promise<void> {
  expect(() => program.run()).toThrow(message);
  expect(() => program.run()).toThrow(InternalError);
  await expect(compileStep(engine)).rejects.toThrow(message);
}

describe("a thread that does not start", () => {
  it("is named with its own error", async () => {
    await expect(
      create({ threads: 2, host: threadOf('throw new Error("no room")') }),
    ).rejects.toThrow(
      new UsageError("Engine: all 2 threads must start; got: no room. Use fewer threads, or one."),
    );
  });

  it("is named when its file is missing", async () => {
    const host = nodeThreads(new URL("./missing.js", entry));
    await expect(create({ threads: 3, host })).rejects.toThrow(
      /^Engine: all 3 threads must start; got: Cannot find module .*missing\.js/,
    );
  });

  it("is named when it never answers", async () => {
    const host = threadOf("port.on('message', () => undefined);");
    await expect(create({ threads: 2, host, threadTimeout: 0.2 })).rejects.toThrow(
      "Engine: all 2 threads must start; got: no answer within 0.2 s.",
    );
  });
});

describe("a thread that stops", () => {
  it("between two runs is named with its end", async () => {
    const { host, workers } = watched();
    const engine = await create({ threads: 3, host });
    const program = await compileStep(engine);
    program.run();
    await workers[1].stop();
    await expectOver(
      engine,
      program,
      /^Engine: a thread has stopped \(it ended with exit code 1\)/,
    );
    expect(engine.read(count)[0]).toBe(1);
  });

  it("in the middle of runs is missed after the timeout, at the latest", async () => {
    const { host, workers } = watched();
    const engine = await create({ threads: 2, host, threadTimeout: 0.5 });
    const program = await compileStep(engine);
    program.run();
    const stopped = workers[0].stop();
    // This thread hears of the end only when it rests, which it never does here.
    const untilItFails = (): void => {
      for (;;) program.run();
    };
    expect(untilItFails).toThrow("Engine: a thread has stopped (no answer within 0.5 s).");
    await stopped;
    await expectOver(engine, program, /no answer within 0\.5 s/);
  });

  it("while a program is compiled is named with its end", async () => {
    const { host, workers } = watched();
    const engine = await create({ threads: 2, host });
    const compiled = compileStep(engine);
    await workers[0].stop();
    await expect(compiled).rejects.toThrow(
      "Engine: a thread has stopped (it ended with exit code 1)",
    );
  });
});

it("a thread that hangs is missed after the timeout", async () => {
  const host = threadOf("port.on('message', () => port.postMessage({ kind: 'done' }));");
  // Long enough for the threads to start on a busy machine: the limit holds for that, too.
  const engine = await create({ threads: 3, host, threadTimeout: 3 });
  await expectOver(engine, await compileStep(engine), /no answer within 3 s/);
});

it("a thread whose code fails lets all others leave at once", async () => {
  const host = threadOf(`
    let words;
    port.on("message", (message) => {
      words ??= new ControlWords(message.memory, message.control);
      port.postMessage({ kind: "done" });
      if (message.kind !== "program") return;
      while (words.load("runs") === 0);
      words.fail();
    });`);
  const engine = await create({ threads: 2, host, threadTimeout: 3600 });
  await expectOver(engine, await compileStep(engine), /its code failed/);
});

describe("an engine that was disposed of", () => {
  it("runs and compiles no more, but still has its variables", async () => {
    const engine = await create({ threads: 2 });
    const program = await compileStep(engine);
    program.run();
    await engine.dispose();
    await engine.dispose();
    const over = "Engine: must not be disposed of; it is. Create another.";
    expect(() => program.run()).toThrow(new UsageError(over));
    await expect(compileStep(engine)).rejects.toThrow(new UsageError(over));
    expect(engine.read(count)[63]).toBe(1);
  });

  it("loses nothing if it has one thread", async () => {
    const engine = await createEngine();
    const program = await compileStep(engine);
    await engine.dispose();
    program.run();
    expect(engine.read(count)[0]).toBe(1);
  });
});

it("programs that are compiled at the same time, and runs in between, don't disturb each other", async () => {
  const engine = await create({ threads: 3 });
  const first = await compileStep(engine);
  const compiled = Array.from({ length: 5 }, () => {
    const program = compileStep(engine);
    first.run();
    return program;
  });
  for (const program of await Promise.all(compiled)) program.run();
  expect(engine.read(count)[0]).toBe(10);
});
