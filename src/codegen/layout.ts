/**
 * @file Where the elements of a tensor lie: rows of axis 0 are padded, everything inside a row is
 * compact. Kernels may write into the padding, so that no row needs a scalar tail; nothing reads it.
 */
import { sizeOf, stridesOf, type DType, type Shape } from "../graph/index.js";

/** Elements of a vector. */
export const LANES = 4;
const CACHE_LINE = 64;
/** Rows this long are walked down by contractions: equal cache sets would then evict each other. */
const LONG_ROW = 1024;
/** Blocks start on cache lines. */
export const ALIGNMENT = CACHE_LINE;

const ELEMENT_BYTES: Readonly<Record<DType, number>> = { float32: 4, int32: 4, bool: 4, uint8: 1 };

export const elementBytes = (dtype: DType): number => ELEMENT_BYTES[dtype];

const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

/** Elements of one row of axis 0, without padding. */
export function rowLength(shape: Shape): number {
  return sizeOf(shape.slice(1));
}

/** Elements from one row of axis 0 to the next. A long row takes an odd number of cache lines. */
export function rowStride(shape: Shape, dtype: DType): number {
  if (shape.length < 2) return 1;
  const bytes = elementBytes(dtype);
  const padded = roundUp(rowLength(shape) * bytes, LANES * bytes);
  if (padded < LONG_ROW) return padded / bytes;
  const lines = Math.ceil(padded / CACHE_LINE);
  return ((lines % 2 === 0 ? lines + 1 : lines) * CACHE_LINE) / bytes;
}

/** Strides of all axes, in elements. */
export function physicalStrides(shape: Shape, dtype: DType): number[] {
  const strides = stridesOf(shape);
  if (shape.length >= 2) strides[0] = rowStride(shape, dtype);
  return strides;
}

/** Bytes of the whole block, padded so that a vector access at any element stays inside. */
export function byteSize(shape: Shape, dtype: DType): number {
  const elements = shape.length < 2 ? sizeOf(shape) : shape[0] * rowStride(shape, dtype);
  return roundUp((elements + LANES) * elementBytes(dtype), ALIGNMENT);
}

type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

/** Copies row-major values into a padded block. */
export function pack(
  values: TypedArray,
  target: TypedArray,
  { shape, dtype }: { shape: Shape; dtype: DType },
): void {
  forEachRow(shape, dtype, (from, to, length) => {
    target.set(values.subarray(from, from + length), to);
  });
}

/** Copies a padded block into row-major values. */
export function unpack(
  source: TypedArray,
  target: TypedArray,
  { shape, dtype }: { shape: Shape; dtype: DType },
): void {
  forEachRow(shape, dtype, (to, from, length) => {
    target.set(source.subarray(from, from + length), to);
  });
}

function forEachRow(
  shape: Shape,
  dtype: DType,
  visit: (compact: number, padded: number, length: number) => void,
): void {
  const length = rowLength(shape);
  const stride = rowStride(shape, dtype);
  if (shape.length < 2 || length === stride) {
    visit(0, 0, sizeOf(shape));
    return;
  }
  for (let row = 0; row < shape[0]; row++) visit(row * length, row * stride, length);
}
