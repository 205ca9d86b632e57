/** @file Whether this V8 makes instructions of 256 bits, for the tests that need them. */
import { findWideCompiler } from "../../src/runtime/wideCompiler.js";

/** Whether it has the flag. That it computes rightly and faster is for the tests to see. */
export const hasWideCode = findWideCompiler() !== undefined;

/** Why the tests are skipped elsewhere. */
export const NO_WIDE_CODE =
  "V8 makes no instructions of 256 bits here; it does in Node 24 and 26, on x64";
