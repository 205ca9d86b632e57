/** @file The engines, each against the contract. */
import { describe } from "vitest";
import { createEngine, createReferenceEngine } from "../../src/runtime/index.js";
import { describeBackend } from "./backend.js";

describe("reference", () => describeBackend(createReferenceEngine));
describe("wasm", () => describeBackend(createEngine));
