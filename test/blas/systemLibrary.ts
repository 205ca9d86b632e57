/** @file This machine's BLAS, for the tests that need a real one. */
import { findLibrary } from "../../src/node/matrixLibraries.js";
import type { MatrixLibrary } from "../../src/runtime/index.js";

/** What a test without a BLAS gives as its reason to be skipped. */
export const NO_BLAS = "no system BLAS that the engine can use";

/** The library that the engine "auto" would use, or undefined where there is none. */
export function systemLibrary(): MatrixLibrary | undefined {
  const found = findLibrary({ engine: "auto" });
  return found !== undefined && "location" in found ? found : undefined;
}
