/** @file How many threads an engine has, and that it says so by name. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { ops, variable } from "../graph/index.js";
import { UsageError } from "../util/index.js";
import { createReferenceEngine } from "./referenceEngine.js";
import type { ThreadHost } from "./threadHost.js";
import { createEngine } from "./wasmEngine.js";

/** Must start nothing. */
const host: ThreadHost = {
  cores: 1,
  start: () => {
    throw new Error("started");
  },
};

afterEach(() => vi.unstubAllGlobals());

const describeEngine = async (options: Parameters<typeof createEngine>[0]): Promise<string> =>
  (await createEngine({ relaxedSimd: false, ...options })).description;

describe("an engine's description", () => {
  it("names no threads where none were asked for", async () => {
    expect(await describeEngine({})).toBe("wasm, SIMD");
    expect(await describeEngine({ threads: 1, host })).toBe("wasm, SIMD");
  });

  it("says why there is one thread where more were asked for", async () => {
    expect(await describeEngine({ threads: 2 })).toBe("wasm, SIMD, 1 thread (no thread host)");
    expect(await describeEngine({ threads: "auto" })).toBe("wasm, SIMD, 1 thread (no thread host)");
    expect(await describeEngine({ threads: "auto", host })).toBe("wasm, SIMD, 1 thread");
    vi.stubGlobal("SharedArrayBuffer", undefined);
    expect(await describeEngine({ threads: 2, host })).toBe(
      "wasm, SIMD, 1 thread (no shared memory)",
    );
  });
});

describe("what does not fit gets its sentence", () => {
  it.each([0, 1.5, 65])("%d threads", async (threads) => {
    await expect(createEngine({ threads })).rejects.toThrow(UsageError);
    await expect(createEngine({ threads })).rejects.toThrow(/^Engine: threads must be .*; got /);
  });

  it("a tile that is too high, and bits that no instruction has", async () => {
    await expect(createEngine({ tile: { rows: 7, columns: 8 } })).rejects.toThrow(
      "Engine: tile must be of 1 to 6 rows by 8 or 16 columns; got 7 by 8.",
    );
    await expect(createEngine({ simdBits: 512 as 256 })).rejects.toThrow(
      "Engine: simdBits must be 128 or 256; got 512.",
    );
  });

  it("a timeout of 0", async () => {
    await expect(createEngine({ threadTimeout: 0 })).rejects.toThrow(
      /^Engine: threadTimeout must be .*; got 0/,
    );
  });
});

describe("an engine with the memory of another", () => {
  const x = variable({ name: "x", shape: [40, 30] });
  const twice = ops.add(x, x);
  const compile = async (engine: Awaited<ReturnType<typeof createEngine>>) =>
    engine.compile({ name: "twice", outputs: [twice], updates: new Map([[x, ops.add(x, 1)]]) });

  it("is like one with new memory: all variables are zeros, and nothing is held", async () => {
    const first = await createEngine();
    const fresh = first.memory();
    const program = await compile(first);
    first.write(x, new Float32Array(1200).fill(7));
    program.run();
    const held = first.memory();
    const second = await createEngine({ memoryOf: first });
    expect(second.memory()).toEqual(fresh);
    expect(second.read(x).every((value) => value === 0)).toBe(true);
    const again = await compile(second);
    expect(second.memory()).toEqual(held);
    expect(again.read(twice).every((value) => value === 0)).toBe(true);
    again.run();
    expect(second.read(x).every((value) => value === 1)).toBe(true);
  });

  it("leaves the other one of no use", async () => {
    const first = await createEngine();
    const program = await compile(first);
    await createEngine({ memoryOf: first });
    const over =
      "Engine: must have its memory; another engine took it over. Use that one, or create one.";
    expect(() => program.run()).toThrow(new UsageError(over));
    expect(() => program.read(twice)).toThrow(new UsageError(over));
    expect(() => first.read(x)).toThrow(new UsageError(over));
    expect(() => first.write(x, new Float32Array(1200))).toThrow(new UsageError(over));
    expect(() => first.memory()).toThrow(new UsageError(over));
    await expect(compile(first)).rejects.toThrow(new UsageError(over));
    await expect(createEngine({ memoryOf: first })).rejects.toThrow(new UsageError(over));
  });

  it("needs one that has such a memory", async () => {
    await expect(createEngine({ memoryOf: createReferenceEngine() })).rejects.toThrow(
      /^Engine: memoryOf must be a WebAssembly engine of one thread/,
    );
  });
});
