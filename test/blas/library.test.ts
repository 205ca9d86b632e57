/** @file A real BLAS through koffi: what it computes, where it may lie, and what is no BLAS. */
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { openLibrary } from "../../src/node/blas.js";
import { UsageError } from "../../src/util/index.js";
import { NO_BLAS, systemLibrary } from "./systemLibrary.js";

const PAGE = 65536;

describe("a system BLAS", () => {
  // Without one, no test goes on.
  const library = systemLibrary()!;
  beforeEach(({ skip }) => skip(library === undefined, NO_BLAS));

  /** [1 2; 3 4] times itself, all of it from `address` on. */
  function square(
    memory: WebAssembly.Memory,
    address: number,
    multiply = library.multiplyIn(memory),
  ) {
    const values = new Float32Array(memory.buffer, address, 8);
    values.set([1, 2, 3, 4, NaN, NaN, NaN, NaN]);
    const signed = address | 0;
    multiply(0, 0, 2, 2, 2, signed, 2, signed, 2, signed + 16, 2);
    return [...values.subarray(4)];
  }

  it("has a name with its version", () => {
    expect(library.name).toMatch(/^(OpenBLAS|MKL|BLIS|Accelerate) .*\d/);
  });

  it.each([false, true])("multiplies in a memory that grows, shared: %s", (shared) => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1000, shared });
    const multiply = library.multiplyIn(memory);
    expect(square(memory, 64, multiply)).toEqual([7, 10, 15, 22]);
    memory.grow(900);
    expect(square(memory, 800 * PAGE, multiply)).toEqual([7, 10, 15, 22]);
  });

  it("multiplies beyond 2 GiB, where addresses are negative", () => {
    const pages = 40_000;
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    expect(square(memory, (pages - 1) * PAGE)).toEqual([7, 10, 15, 22]);
  });
});

describe("what is no BLAS gets its sentence", () => {
  it.each([
    ["a path where nothing is", "/nowhere/libblas.so"],
    ["a file that is no library", fileURLToPath(import.meta.url)],
  ])("%s", (_, location) => {
    expect(() => openLibrary(location)).toThrow(UsageError);
    expect(() => openLibrary(location)).toThrow(
      new RegExp(
        `^Engine: the library "${location}" needs to be a BLAS with cblas_sgemm and 32-bit sizes; got: .+\\. Name `,
      ),
    );
  });

  it("a library without products", ({ skip }) => {
    skip(process.platform !== "linux", "the name of a library that is always there is Linux's");
    expect(() => openLibrary("libm.so.6")).toThrow(
      'Engine: the library "libm.so.6" needs to be a BLAS with cblas_sgemm and 32-bit sizes; ' +
        'got: no cblas_sgemm. Name another one, or use the engine "wasm".',
    );
  });
});
