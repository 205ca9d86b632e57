/** @file The engines, each against the contract. */
import { describe } from "vitest";
import { createEngine, createReferenceEngine } from "../../src/runtime/index.js";
import { describeBackend } from "./backend.js";
import { plainLibrary } from "./plainLibrary.js";

describe("reference", () => describeBackend(createReferenceEngine));

// Named tiles, so that the tests do not depend on which of them is the fastest here. Without an
// option, fused multiply-add is used where the machine has it.
describe("wasm, tiles of 4 rows", () =>
  describeBackend(() => createEngine({ tileRows: 4 }), { graphs: 2000 }));
describe("wasm, tiles of 6 rows, without relaxed SIMD", () =>
  describeBackend(() => createEngine({ tileRows: 6, relaxedSimd: false })));

const library = plainLibrary();
describe("wasm, all products by a library", () =>
  describeBackend(() => createEngine({ library, minimumProduct: -Infinity })));
