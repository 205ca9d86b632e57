/** @file How many threads an engine has, and that it says so by name. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { UsageError } from "../util/index.js";
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
