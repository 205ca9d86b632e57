/** @file How a matrix product is divided into strips and tiles, and the scratch memory that this takes. */
import type { ProductKernel } from "../../kernel.js";
import { LANES } from "../../layout.js";

export const BYTES = 4;
/** Columns of a tile: two vectors. */
export const TILE_COLUMNS = 2 * LANES;

/** A right-hand matrix of this size stays in half of a usual second-level cache. */
const CACHED_BYTES = 2 ** 19;

/** A stretch of an axis: `count` tiles of `size`. */
export interface Segment {
  readonly size: number;
  readonly count: number;
}

/**
 * A strip is all tiles that share one place on the outer axis. The operand along that axis is packed
 * for the strip, so that it lies on one page in the first-level cache; the other is read in place.
 */
export interface ProductPlan {
  readonly outer: 0 | 1;
  /** Tiles along rows and columns. */
  readonly segments: readonly [readonly Segment[], readonly Segment[]];
  /** Bytes from k to k + 1 in the packed operand. */
  readonly packedStep: number;
  /** Bytes from row to row of a finished strip that waits for its epilogue. */
  readonly stripRow: number;
  readonly packedBytes: number;
  readonly stripBytes: number;
}

const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

/** Rows in tiles of at most `most`, as evenly as possible: a tile of one row would waste what it reads. */
export function rowSegments(rows: number, most: number): Segment[] {
  const tiles = Math.ceil(rows / most);
  const low = Math.floor(rows / tiles);
  const high = rows - low * tiles;
  return [
    { size: low + 1, count: high },
    { size: low, count: tiles - high },
  ].filter(({ count }) => count > 0);
}

export function columnSegments(columns: number): Segment[] {
  const whole = Math.floor(columns / TILE_COLUMNS);
  const rest = columns % TILE_COLUMNS;
  return [
    { size: TILE_COLUMNS, count: whole },
    { size: rest, count: rest > 0 ? 1 : 0 },
  ].filter(({ count }) => count > 0);
}

/**
 * Strips of columns move the least memory. But where all of b stays cached, as in weight gradients,
 * strips of rows are faster: their epilogues read and write along the rows of large arrays. The
 * operand that is read in place must be contiguous for the tile's loads, as b is not when transposed.
 */
function outerAxis({ inner, space, b }: ProductKernel): 0 | 1 {
  return b.outerStride === 1 && inner * space[1] * BYTES <= CACHED_BYTES ? 0 : 1;
}

export function planProduct(kernel: ProductKernel, tileRows: number): ProductPlan {
  const [rows, columns] = kernel.space;
  const outer = outerAxis(kernel);
  const packedStep = (outer === 0 ? roundUp(tileRows, LANES) : TILE_COLUMNS) * BYTES;
  const stripRow = (outer === 0 ? roundUp(columns, TILE_COLUMNS) : TILE_COLUMNS) * BYTES;
  return {
    outer,
    segments: [rowSegments(rows, tileRows), columnSegments(columns)],
    packedStep,
    stripRow,
    packedBytes: roundUp(kernel.inner, LANES) * packedStep,
    stripBytes: (outer === 0 ? tileRows : rows) * stripRow,
  };
}

/** Strips are the units of work. */
export function productUnits(kernel: ProductKernel, tileRows: number): number {
  const { outer, segments } = planProduct(kernel, tileRows);
  return segments[outer].reduce((sum, { count }) => sum + count, 0);
}

export function productScratch(kernel: ProductKernel, tileRows: number): number {
  const { packedBytes, stripBytes } = planProduct(kernel, tileRows);
  return packedBytes + stripBytes;
}
