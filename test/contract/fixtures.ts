/** @file Golden vectors: numbers that PyTorch and Keras computed in float64; each file says how. */
import { readFileSync } from "node:fs";

/** Nested arrays of numbers, as the files hold tensors. */
export type Nested = number | readonly Nested[];

/**
 * Reads `test/fixtures/<name>.json`; the caller names the type of what it takes from it. Python writes
 * Infinity and NaN, which are not JSON: they are read as null.
 */
export function readFixture<T>(name: string): T {
  const path = new URL(`../fixtures/${name}.json`, import.meta.url);
  const text = readFileSync(path, "utf8").replace(/-?\bInfinity\b|\bNaN\b/g, "null");
  return JSON.parse(text) as T;
}

/** The numbers in row-major order. */
export function flat(nested: Nested): number[] {
  return typeof nested === "number" ? [nested] : nested.flatMap(flat);
}

export function shapeOf(nested: Nested): number[] {
  return typeof nested === "number" ? [] : [nested.length, ...shapeOf(nested[0])];
}
