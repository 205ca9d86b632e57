/** @file Which library an engine gets, and the sentence for each way of getting none. */
import { describe, expect, it } from "vitest";
import { plainLibrary } from "../../test/contract/plainLibrary.js";
import type { MatrixLibrary } from "../runtime/index.js";
import { UsageError } from "../util/index.js";
import type { LibraryOpener } from "./blas.js";
import { findLibrary, type EngineChoice, type LibrarySearch } from "./matrixLibraries.js";

const right = plainLibrary();
const wrong: MatrixLibrary = { ...plainLibrary({ element: (sum) => sum + 1 }), name: "Wrong 2.0" };

/** Finds what is listed by location. */
function openerOf(there: Readonly<Record<string, MatrixLibrary>>): LibraryOpener {
  const open = (location: string): MatrixLibrary => {
    if (location in there) return there[location];
    throw new UsageError(`"${location}" is not there.`);
  };
  return { findProblem: () => undefined, open };
}

function find(engine: EngineChoice, search: Partial<LibrarySearch>): unknown {
  return findLibrary({ engine, environment: {}, candidates: ["a", "b"], ...search });
}

describe("findLibrary", () => {
  it.each(["auto", "blas"] as const)("gives %s the first that is there and right", (engine) => {
    expect(find(engine, { opener: openerOf({ b: right }) })).toBe(right);
    expect(find(engine, { opener: openerOf({ a: wrong, b: right }) })).toBe(right);
  });

  it("gives wasm none, and does not look", () => {
    const opener: LibraryOpener = {
      ...openerOf({}),
      findProblem: () => {
        throw new Error("looked");
      },
    };
    expect(find("wasm", { opener })).toBeUndefined();
    expect(find("wasm128", { opener })).toBeUndefined();
  });

  it("says of auto why there is none", () => {
    expect(find("auto", { opener: openerOf({}) })).toEqual({ absent: "none found" });
    expect(find("auto", { opener: openerOf({ a: wrong }) })).toEqual({
      absent: "Wrong 2.0 multiplies wrongly",
    });
    const opener = { ...openerOf({ a: right }), findProblem: () => new UsageError("no koffi") };
    expect(find("auto", { opener })).toEqual({ absent: "koffi not installed" });
    expect(() => find("blas", { opener })).toThrow("no koffi");
  });

  it("prefers what is named: by the option, then by HOLDOUT_BLAS", () => {
    const other = plainLibrary();
    const opener = openerOf({ a: right, c: other, d: right });
    expect(find("auto", { opener, library: "c" })).toBe(other);
    expect(find("auto", { opener, environment: { HOLDOUT_BLAS: "c" } })).toBe(other);
    expect(find("blas", { opener, library: "c", environment: { HOLDOUT_BLAS: "d" } })).toBe(other);
    expect(find("auto", { opener, environment: { HOLDOUT_BLAS: "" } })).toBe(right);
  });
});

describe("what does not fit gets its sentence", () => {
  it("blas without a library", () => {
    expect(() => find("blas", { opener: openerOf({ b: wrong }) })).toThrow(
      new UsageError(
        'Engine: a BLAS must be found for the engine "blas"; got none of a, b (Wrong 2.0 multiplies wrongly). ' +
          "Install OpenBLAS (Debian: libopenblas0, Homebrew: openblas), or name a library in HOLDOUT_BLAS.",
      ),
    );
  });

  it.each(["auto", "blas"] as const)("%s with a named one that is wrong or not there", (engine) => {
    const opener = openerOf({ a: right, c: wrong });
    expect(() => find(engine, { opener, library: "c" })).toThrow(
      /^Engine: Wrong 2\.0 must multiply/,
    );
    expect(() => find(engine, { opener, environment: { HOLDOUT_BLAS: "d" } })).toThrow(
      '"d" is not there.',
    );
  });

  it("wasm with a library", () => {
    expect(() => find("wasm", { library: "a" })).toThrow(
      'Engine: a library needs the engine "blas" or "auto"; got "wasm" and "a".',
    );
  });

  it("another engine", () => {
    expect(() => find("blsa" as EngineChoice, {})).toThrow(
      'Unknown engine "blsa"; did you mean "blas"? Known: auto, wasm, wasm128, blas.',
    );
  });
});
