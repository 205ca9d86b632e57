/** @file The engines, each against the contract. */
import { describe } from "vitest";
import { createEngine, createReferenceEngine } from "../../src/runtime/index.js";
import { describeBackend } from "./backend.js";
import { plainLibrary } from "./plainLibrary.js";

describe("reference", () => describeBackend(createReferenceEngine));

// Named tiles, so that the tests do not depend on which of them is the fastest here. Without an
// option, fused multiply-add is used where the machine has it.
describe("wasm, tiles of 4 by 8", () =>
  describeBackend(() => createEngine({ tile: { rows: 4, columns: 8 }, simdBits: 128 }), {
    graphs: 2000,
  }));
describe("wasm, tiles of 6 by 8, without relaxed SIMD", () =>
  describeBackend(() => createEngine({ tile: { rows: 6, columns: 8 }, relaxedSimd: false })));
describe("wasm, tiles of 5 by 16", () =>
  describeBackend(() => createEngine({ tile: { rows: 5, columns: 16 }, simdBits: 128 })));
const library = plainLibrary();
describe("wasm, all products by a library", () =>
  describeBackend(() => createEngine({ library, minimumProduct: -Infinity })));
