/** @file How a matrix product is divided into strips and tiles, and the scratch memory that this takes. */
import type { ProductKernel } from "../../kernel.js";
import { LANES } from "../../layout.js";

export const BYTES = 4;

/**
 * The register tile of a machine: rows and columns of a result that are summed at once. It changes speed,
 * never a sum. Eight columns are for instructions of 128 bits; sixteen keep those of 256 busy.
 */
export interface TileSize {
  readonly rows: number;
  readonly columns: 8 | 16;
}

/** More of them have no registers, in V8 or elsewhere. */
export const MOST_TILE_ROWS = 6;

/** A right-hand matrix of this size stays in a second-level cache of half a megabyte. */
const CACHED_BYTES = 2 ** 18;

/** A left-hand matrix of this size stays in a first-level cache of 32 KiB, beside what is read with it. */
const NEAREST_BYTES = 2 ** 13;

/** A stretch of an axis: `count` tiles of `size`. */
export interface Segment {
  readonly size: number;
  readonly count: number;
}

/**
 * A strip is all tiles that share some places on the outer axis. Its operand along that axis is packed,
 * so that it lies on few pages in the nearest caches, unless it is small; the other is read in place, or
 * from panels.
 */
export interface ProductPlan {
  readonly outer: 0 | 1;
  /** What is packed, strip by strip. */
  readonly packed: "a" | "b" | "nothing";
  /** The strips along the outer axis. */
  readonly strips: readonly Segment[];
  /** Bytes from k to k + 1 in the packed operand: a strip of rows, or one tile's columns. */
  readonly packedStep: number;
  /** Bytes from one tile's columns to the next ones in the packed operand. */
  readonly panelBytes: number;
  /** Bytes from row to row of a finished strip that waits for its epilogue. */
  readonly stripRow: number;
  readonly packedBytes: number;
  readonly stripBytes: number;
}

const LINE = 64;
/** Tiles of a strip of rows, at most. */
const STRIP_TILES = 2;
/** Columns of a strip, at most: a whole cache line. */
const STRIP_COLUMNS = 16;

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

/** Columns in pieces of a size, with one for the rest. */
export function columnSegments(columns: number, piece: number): Segment[] {
  const whole = Math.floor(columns / piece);
  const rest = columns % piece;
  return [
    { size: piece, count: whole },
    { size: rest, count: rest > 0 ? 1 : 0 },
  ].filter(({ count }) => count > 0);
}

/**
 * The tiles, from left to right, that a segment of at most a tile's columns takes. Three vectors are no pairs,
 * for instructions of 256 bits to take at once: a fourth is added where its results may be written.
 *
 * @param hasRoom - whether results may be written up to the end of a whole tile
 */
export function tilesAcross(
  columns: number,
  hasRoom: boolean,
): { first: number; vectors: number }[] {
  const vectors = vectorsOf(columns);
  if (vectors !== 3) return [{ first: 0, vectors }];
  if (hasRoom) return [{ first: 0, vectors: 4 }];
  return [
    { first: 0, vectors: 2 },
    { first: 2 * LANES, vectors: 1 },
  ];
}

/** Vectors that hold some columns. */
export const vectorsOf = (columns: number): number => Math.ceil(columns / LANES);

/**
 * Strips of columns move the least memory. But where all of b stays cached, as in weight gradients,
 * strips of rows are faster: their epilogues read and write along the rows of large arrays. The
 * operand that is read in place must be contiguous for the tile's loads, as b is not when transposed.
 */
export function outerAxis({ inner, space, b }: ProductKernel): 0 | 1 {
  const isContiguous = b.outerStride === 1 || b.inPanels === true;
  return isContiguous && inner * space[1] * BYTES <= CACHED_BYTES ? 0 : 1;
}

function packedOperand({ inner, space }: ProductKernel, outer: 0 | 1): ProductPlan["packed"] {
  if (outer === 1) return "b";
  return space[0] * inner * BYTES > NEAREST_BYTES ? "a" : "nothing";
}

/** Rows of an odd number of cache lines, so that a column of tiles does not fill one cache set. */
const oddLines = (bytes: number): number => (Math.ceil(bytes / LINE) | 1) * LINE;

export function planProduct(kernel: ProductKernel, tile: TileSize): ProductPlan {
  const [rows, columns] = kernel.space;
  const outer = outerAxis(kernel);
  const packed = packedOperand(kernel, outer);
  const depth = roundUp(kernel.inner, LANES);
  const sizes = { rows: STRIP_TILES * tile.rows, columns: STRIP_COLUMNS };
  const size = outer === 0 ? Math.min(rows, sizes.rows) : Math.min(columns, sizes.columns);
  const packedStep = (outer === 0 ? roundUp(size, LANES) : tile.columns) * BYTES;
  const panels = outer === 0 ? 1 : Math.ceil(size / tile.columns);
  const stripRow =
    outer === 0 ? oddLines(roundUp(columns, tile.columns) * BYTES) : panels * tile.columns * BYTES;
  return {
    outer,
    packed,
    strips: outer === 0 ? rowSegments(rows, sizes.rows) : columnSegments(columns, sizes.columns),
    packedStep,
    panelBytes: depth * packedStep,
    stripRow,
    packedBytes: packed === "nothing" ? 0 : panels * depth * packedStep,
    stripBytes: (outer === 0 ? size : rows) * stripRow,
  };
}

/** Strips are the units of work. */
export function productUnits(kernel: ProductKernel, tile: TileSize): number {
  return planProduct(kernel, tile).strips.reduce((sum, { count }) => sum + count, 0);
}

export function productScratch(kernel: ProductKernel, tile: TileSize): number {
  const { packedBytes, stripBytes } = planProduct(kernel, tile);
  return packedBytes + stripBytes;
}
