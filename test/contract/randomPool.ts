/** @file The growing set of tensors from which a random graph is built, with what is known of their values. */
import {
  primitives,
  variable,
  type DType,
  type Shape,
  type Tensor,
  type Variable,
} from "../../src/graph/index.js";
import type { RandomStream } from "../../src/util/index.js";
import { list } from "./caseParts.js";
import { drawValues, type InputSpec } from "./values.js";

/** A tensor, an interval that holds all of its values, and how far a float32 backend may be off. */
export interface Entry {
  readonly tensor: Tensor;
  readonly low: number;
  readonly high: number;
  /** Absolute. 0: every backend has exactly the judge's values, so they may be compared and truncated. */
  readonly error: number;
}

export interface Pool {
  readonly stream: RandomStream;
  readonly entries: Entry[];
  /** The variables and their values before the run. */
  readonly values: Map<Variable, Float64Array>;
  /** Variables that hold row numbers, which no update may change. */
  readonly fixed: Set<Tensor>;
}

/** A way to grow; undefined where the pool holds nothing that fits. */
export type Growth = (pool: Pool) => Entry | undefined;

/** Two units in the last place, relative: what one correctly rounded operation may lose. */
export const ROUNDING = 2 ** -22;

const SHAPES = ["", "1", "4", "5", "17", "3 4", "4 3", "5 5", "1 7", "7 1", "6 19", "2 3 4"].map(
  list,
);
/** float32 holds each whole number up to here, and sums and products of a few stay in int32. */
const LARGEST_INTEGER = 2 ** 20;
const LARGEST = 1e4;
const LARGEST_ERROR = 1e-2;

export const choose = <T>(stream: RandomStream, options: readonly T[]): T =>
  options[stream.below(options.length)];
export const sizeOfEntry = ({ low, high }: Entry): number =>
  Math.max(Math.abs(low), Math.abs(high));
export const isFloat = ({ tensor }: Entry): boolean => tensor.dtype === "float32";
export const isNumber = ({ tensor }: Entry): boolean =>
  tensor.dtype === "float32" || tensor.dtype === "int32";

/** Whether results of float32 and float64 can still be told from wrong ones. */
export function isTame(entry: Entry): boolean {
  const limit = entry.tensor.dtype === "float32" ? LARGEST : LARGEST_INTEGER;
  return sizeOfEntry(entry) <= limit && entry.error <= LARGEST_ERROR;
}

/** One of the entries that fit, later ones more often, so that graphs grow deep. */
export function pick(pool: Pool, fits: (entry: Entry) => boolean): Entry | undefined {
  const fitting = pool.entries.filter(fits);
  if (fitting.length === 0) return undefined;
  const { stream } = pool;
  return fitting[Math.max(stream.below(fitting.length), stream.below(fitting.length))];
}

/** A new variable with drawn values. */
export function addVariable(pool: Pool, spec: InputSpec): Entry {
  const { shape, dtype, range } = spec;
  const added = variable({ name: `v${pool.values.size}`, shape, dtype });
  pool.values.set(added, drawValues(spec, pool.stream));
  const entry = { tensor: added, low: range[0], high: range[1], error: 0 };
  pool.entries.push(entry);
  return entry;
}

/** Ranges are small, and half of the float32 variables hold multiples of 1/4, so that ties occur. */
export function variableLike(pool: Pool, dtype: DType, shape: Shape): Entry {
  const range = { float32: [-2, 2], int32: [-6, 6], uint8: [0, 255], bool: [0, 1] } as const;
  const spec = { shape, dtype, range: range[dtype] };
  const quantised = dtype === "float32" && pool.stream.below(2) === 0;
  return addVariable(pool, quantised ? { ...spec, quantum: 0.25 } : spec);
}

export function randomVariable(pool: Pool): Entry {
  const others: readonly DType[] = ["int32", "uint8", "bool"];
  const dtype = pool.stream.below(3) > 0 ? "float32" : choose(pool.stream, others);
  return variableLike(pool, dtype, choose(pool.stream, SHAPES));
}

/**
 * An entry of the same shape and dtype: a repeated constant, a repeated scalar, another entry, rarely
 * itself, or else a new variable.
 */
export function partnerOf(pool: Pool, { tensor }: Entry): Entry {
  const { stream } = pool;
  const { shape, dtype } = tensor;
  const sameDType = (entry: Entry): boolean => entry.tensor.dtype === dtype;
  const kind = stream.below(6);
  if (kind === 0 && dtype !== "uint8" && dtype !== "bool") {
    const value = choose(stream, [-1, 0, 1, 2, 3]);
    const constant = primitives.constant(value, dtype);
    return { tensor: repeat(constant, shape), low: value, high: value, error: 0 };
  }
  const scalar = pick(pool, (entry) => sameDType(entry) && entry.tensor.shape.length === 0);
  if (kind === 1 && scalar !== undefined)
    return { ...scalar, tensor: repeat(scalar.tensor, shape) };
  const fits = (entry: Entry): boolean =>
    sameDType(entry) &&
    entry.tensor.shape.join() === shape.join() &&
    (entry.tensor !== tensor || kind === 2);
  const other = pick(pool, fits);
  return other ?? variableLike(pool, dtype, shape);
}

export function repeat(scalar: Tensor, shape: Shape): Tensor {
  return shape.length === 0 ? scalar : primitives.broadcast(scalar, { shape, axes: [] });
}
