/** @file The engine over a real BLAS, which gets all products, against the contract. */
import { beforeEach, describe } from "vitest";
import { createEngine } from "../../src/runtime/index.js";
import { describeBackend } from "../contract/backend.js";
import { NO_BLAS, systemLibrary } from "./systemLibrary.js";

const library = systemLibrary();

describe("a system BLAS", () => {
  beforeEach(({ skip }) => skip(library === undefined, NO_BLAS));
  describeBackend(() => createEngine({ library, minimumProduct: -Infinity }));
});
