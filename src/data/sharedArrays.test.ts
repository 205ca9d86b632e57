/** @file Arrays in shared memory, and in plain memory where there is none. */
import { afterEach, expect, test, vi } from "vitest";
import { sharedBytes, sharedFloats, sharedIntegers } from "./sharedArrays.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([
  ["sharedBytes", sharedBytes, Uint8Array],
  ["sharedFloats", sharedFloats, Float32Array],
  ["sharedIntegers", sharedIntegers, Int32Array],
])("%s gives that many zeros, shared where the platform can", (_name, make, kind) => {
  const shared = make(3);
  expect(shared).toBeInstanceOf(kind);
  expect([...shared]).toEqual([0, 0, 0]);
  expect(shared.buffer).toBeInstanceOf(SharedArrayBuffer);
  vi.stubGlobal("SharedArrayBuffer", undefined);
  expect(make(3).buffer).toBeInstanceOf(ArrayBuffer);
});
