/** @file The engine with instructions of 256 bits, against the contract. */
import { beforeEach, describe } from "vitest";
import { createEngine } from "../../src/runtime/index.js";
import { describeBackend } from "../contract/backend.js";
import { hasWideCode, NO_WIDE_CODE } from "../contract/wideCode.js";

describe("256 bits", () => {
  beforeEach(({ skip }) => skip(!hasWideCode, NO_WIDE_CODE));
  describeBackend(() => createEngine({ simdBits: 256 }));
});
