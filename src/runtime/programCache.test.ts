/** @file Programs that recur are compiled once, and give what freshly compiled ones give. */
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from "vitest";
import { ops, variable, type Tensor, type Variable } from "../graph/index.js";
import { streamKey } from "../util/index.js";
import type { Engine } from "./engine.js";
import { ProgramCache, type CompiledProgram } from "./programCache.js";
import { createEngine, type WasmEngineOptions } from "./wasmEngine.js";

/** Sums of 16 x `columns` numbers that noise of a seed is added to, and the steps made so far. */
async function noisySums(
  seed: number,
  { columns, slope = 3, ...options }: WasmEngineOptions & { columns: number; slope?: number },
) {
  const engine = await createEngine({
    relaxedSimd: false,
    tile: { rows: 4, columns: 8 },
    ...options,
  });
  const x = variable({ name: `x of ${seed}`, shape: [16, columns] });
  const step = variable({ name: "step", shape: [], dtype: "int32" });
  const bits = (name: string): Tensor =>
    ops.cast(ops.randomBits(step, { shape: x.shape, key: streamKey(seed, name) }), "float32");
  const noise = ops.subtract(bits("first"), ops.multiply(bits("second"), slope));
  const sums = ops.sum(ops.add(x, noise), [1]);
  const updates = new Map([[step, ops.add(step, 1)]]);
  const program = await engine.compile({ name: "sums", outputs: [sums], updates });
  engine.write(
    x,
    Float32Array.from({ length: 16 * columns }, (_, i) => i),
  );
  const run = (): readonly number[] => {
    program.run();
    return [...program.read(sums), ...engine.read(step)];
  };
  return { run, memory: engine.memory() };
}

let compile: MockInstance<typeof WebAssembly.compile>;
beforeEach(() => {
  compile = vi.spyOn(WebAssembly, "compile");
});
afterEach(() => vi.restoreAllMocks());

/** Compilations until the work is done. */
async function count(work: () => Promise<unknown>): Promise<number> {
  compile.mockClear();
  await work();
  return compile.mock.calls.length;
}

describe("a program on a new engine", () => {
  it("is not compiled again for another seed, or for tensors of other names", async () => {
    expect(await count(() => noisySums(1, { columns: 20 }))).toBe(1);
    expect(await count(() => noisySums(1, { columns: 20 }))).toBe(0);
    expect(await count(() => noisySums(2, { columns: 20 }))).toBe(0);
  });

  it("is compiled for another shape, constant, tile or place in memory", async () => {
    await noisySums(1, { columns: 24 });
    expect(await count(() => noisySums(1, { columns: 25 }))).toBe(1);
    expect(await count(() => noisySums(1, { columns: 24, slope: 4 }))).toBe(1);
    expect(await count(() => noisySums(1, { columns: 24, tile: { rows: 6, columns: 8 } }))).toBe(1);
    const x = (length: number): Variable => variable({ name: "x", shape: [length] });
    const sum = async (of: Variable, engine?: Engine): Promise<unknown> =>
      (engine ?? (await createEngine())).compile({ name: "sum", outputs: [ops.sum(of)] });
    expect(await count(() => sum(x(7)))).toBe(1);
    expect(await count(() => sum(x(8)))).toBe(1);
    const [used, same] = [await createEngine(), x(9)];
    expect(await count(() => sum(same, used))).toBe(1);
    expect(await count(() => sum(same, used))).toBe(1);
  });

  it("gives the numbers of its own seed and variables, from its own first step on", async () => {
    const options = { columns: 36 };
    const [first, second] = [await noisySums(1, options), await noisySums(2, options)];
    const [ofFirst, ofSecond] = [first.run(), second.run()];
    expect(ofFirst).not.toEqual(ofSecond);
    first.run();
    compile.mockClear();
    const again = await noisySums(1, options);
    expect(compile).not.toHaveBeenCalled();
    expect(again.run()).toEqual(ofFirst);
    expect(again.memory).toEqual(first.memory);
  });

  it("differs where two streams are one and another's are two", async () => {
    const build = async (names: readonly [string, string]): Promise<readonly number[]> => {
      const engine = await createEngine({ relaxedSimd: false });
      const step = variable({ name: "step", shape: [], dtype: "int32" });
      const [a, b] = names.map((name) =>
        ops.randomBits(step, { shape: [4, 16], key: streamKey(3, name) }),
      );
      const difference = ops.subtract(a, b);
      const program = await engine.compile({ name: "difference", outputs: [difference] });
      program.run();
      return [...program.read(difference)];
    };
    expect((await build(["one", "two"])).every((value) => value === 0)).toBe(false);
    expect((await build(["one", "one"])).every((value) => value === 0)).toBe(true);
  });
});

describe("the cache", () => {
  const program = (): CompiledProgram => ({
    footprint: { outputs: [], block: 0, counters: 0, ahead: 0 },
    outputAt: [],
    modules: {
      program: new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)),
      pairs: undefined,
    },
    isDivided: false,
  });

  it("keeps no more than its limit: those asked for last", () => {
    const cache = new ProgramCache(2);
    const [a, b, c] = [program(), program(), program()];
    cache.add("a", a);
    cache.add("b", b);
    expect(cache.get("a")).toBe(a);
    cache.add("c", c);
    expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([a, undefined, c]);
  });
});
