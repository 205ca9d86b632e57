/** @file A library is believed only after it has multiplied as the reference kernel does. */
import { describe, expect, it } from "vitest";
import { plainLibrary, type Spoiled } from "../../test/contract/plainLibrary.js";
import { UsageError } from "../util/index.js";
import { verifyLibrary } from "./matrixLibrary.js";
import { createEngine } from "./wasmEngine.js";

describe("verifyLibrary", () => {
  it("accepts three plain loops", () => {
    expect(() => verifyLibrary(plainLibrary())).not.toThrow();
  });

  it.each<[string, Spoiled]>([
    ["ignores that A is transposed", { parameters: (given) => ({ ...given, transposeA: 0 }) }],
    ["ignores that B is transposed", { parameters: (given) => ({ ...given, transposeB: 0 }) }],
    [
      "takes A for compact",
      {
        parameters: (given) => ({ ...given, strideA: given.transposeA ? given.rows : given.inner }),
      },
    ],
    [
      "takes the result for compact",
      { parameters: (given) => ({ ...given, strideC: given.columns }) },
    ],
    ["stops one step early", { parameters: (given) => ({ ...given, inner: given.inner - 1 }) }],
    ["adds to what is there", { element: (sum, { before }) => sum + before }],
    ["writes past the row", { parameters: (given) => ({ ...given, columns: given.columns + 1 }) }],
    ["writes nothing", { element: (_, { before }) => before }],
    [
      "is wrong in one column",
      { element: (sum, { column }) => (column === 30 ? sum * 1.001 : sum) },
    ],
    ["computes in half precision", { element: (sum) => Math.round(sum * 1024) / 1024 }],
  ])("refuses one that %s", (_, spoiled) => {
    const verify = (): void => verifyLibrary(plainLibrary(spoiled));
    expect(verify).toThrow(UsageError);
    expect(verify).toThrow(
      /^Engine: Plain 1\.0 must multiply as the reference does; .+ product \(nowhere\)\. Use /,
    );
  });
});

describe("an engine with a library", () => {
  it("names it, or why there is none", async () => {
    const describeWith = async (library: object): Promise<string> =>
      (await createEngine({ relaxedSimd: false, library: library as never })).description;
    expect(await describeWith(plainLibrary())).toBe("blas, Plain 1.0, SIMD");
    expect(await describeWith({ absent: "none found" })).toBe("wasm, SIMD, no BLAS (none found)");
  });

  it("is not made of one that multiplies wrongly", async () => {
    const library = plainLibrary({ element: (sum) => sum + 1 });
    await expect(createEngine({ library })).rejects.toThrow(/^Engine: Plain 1\.0 must multiply as/);
  });
});
