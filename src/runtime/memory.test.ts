/** @file What an engine says it holds, and what it says when something does not fit. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { engines } from "../../test/contract/engines.js";
import { ops, variable } from "../graph/index.js";
import { UsageError } from "../util/index.js";
import { createEngine } from "./wasmEngine.js";

const KIBIBYTE = 1024;
const GIBIBYTE = 2 ** 30;

afterEach(() => vi.restoreAllMocks());

describe.each(engines)("memory() of $name", ({ create, computesIn }) => {
  const elementBytes = computesIn === "float64" ? 8 : 4;

  it("counts each variable under its purpose, once", async () => {
    const engine = await create();
    const before = engine.memory();
    const kernel = variable({ name: "kernel", shape: [64, 64], purpose: "weights" });
    const rows = variable({ name: "rows", shape: [1000, 8], purpose: "data" });
    engine.write(kernel, new Float32Array(64 * 64));
    engine.write(kernel, new Float32Array(64 * 64));
    engine.write(rows, new Float32Array(8000));
    const { weights, data, optimizer, other } = engine.memory();
    // Padding is at most a cache line and a vector for a block whose rows need none.
    expect(weights - 64 * 64 * elementBytes).toBeGreaterThanOrEqual(0);
    expect(weights - 64 * 64 * elementBytes).toBeLessThanOrEqual(128);
    expect(data - 8000 * elementBytes).toBeGreaterThanOrEqual(0);
    expect(data - 8000 * elementBytes).toBeLessThanOrEqual(128);
    expect([optimizer, other]).toEqual([before.optimizer, before.other]);
  });

  it("has a total that is the sum of its parts", async () => {
    const engine = await create();
    const x = variable({ name: "x", shape: [128, 128] });
    const program = await engine.compile({ name: "sum", outputs: [ops.sum(ops.matMul(x, x))] });
    program.run();
    const { total, ...parts } = engine.memory();
    expect(total).toBe(Object.values(parts).reduce((sum, part) => sum + part, 0));
    expect(total).toBeGreaterThan(16 * KIBIBYTE);
  });
});

it("keeps one block for the temporaries of all programs, as large as the largest needs", async () => {
  const engine = await createEngine();
  const compile = async (size: number): Promise<number> => {
    const x = variable({ name: "x", shape: [size, size] });
    await engine.compile({ name: "twice", outputs: [ops.matMul(ops.matMul(x, x), x)] });
    return engine.memory().temporaries;
  };
  const large = await compile(256);
  expect(large).toBeGreaterThanOrEqual(256 * 256 * 4);
  expect(await compile(64)).toBe(large);
  expect(await compile(256)).toBe(large);
});

describe("what does not fit", () => {
  const huge = variable({ name: "rows", shape: [2 ** 20, 5 * 2 ** 10], dtype: "uint8" });
  const small = variable({ name: "kernel", shape: [4] });

  it("in 4 GiB is named with its size, and what is held", async () => {
    const engine = await createEngine();
    engine.write(small, [1, 2, 3, 4]);
    const compiled = engine.compile({ name: "p", outputs: [ops.sum(ops.cast(huge, "float32"))] });
    await expect(compiled).rejects.toThrow(UsageError);
    await expect(compiled).rejects.toThrow(
      /^Engine: model and data must fit in 4 GiB; got rows \(5\.\d GiB\) beside the 0\.0 MiB in use\. Use /,
    );
  });

  it("leaves the engine as it was, and is refused again", async () => {
    const engine = await createEngine();
    engine.write(small, [1, 2, 3, 4]);
    const before = engine.memory();
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(() => engine.read(huge)).toThrow(/must fit in 4 GiB/);
    }
    expect(engine.memory()).toEqual(before);
    expect([...engine.read(small)]).toEqual([1, 2, 3, 4]);
    const program = await engine.compile({ name: "sum", outputs: [ops.sum(small)] });
    program.run();
  });

  it("in what the system gives is named too", async () => {
    const engine = await createEngine();
    vi.spyOn(WebAssembly.Memory.prototype, "grow").mockImplementation(() => {
      throw new RangeError("WebAssembly.Memory.grow(): Unable to grow instance memory");
    });
    const large = variable({ name: "rows", shape: [GIBIBYTE / 4 / 64, 64] });
    expect(() => engine.read(large)).toThrow(UsageError);
    expect(() => engine.read(large)).toThrow(
      /^Engine: the system must have memory for rows \(1\.0 GiB\) beside the 0\.0 MiB in use; it gave none\. Close /,
    );
  });
});
