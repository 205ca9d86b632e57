/** @file What the three convolutions share: packed strips, walks through windows, and the order of tiles. */
import type { FunctionBody, Local } from "../assembler.js";
import { LANES } from "../../layout.js";
import { BYTES, columnSegments, rowSegments } from "../product/plan.js";
import type { Turn } from "../product/tile.js";
import type { WindowParts } from "./parts.js";
import { each, mergeLevels, sweep, type Level, type Move } from "./sweep.js";

/**
 * Copies a strip of columns of a matrix with contiguous rows.
 *
 * @param strip - bytes from row to row of the copy
 */
export function packRows(
  body: FunctionBody,
  { from, to, vectors }: { from: Local; to: Local; vectors: number },
  { rows, bytes, strip }: { rows: number; bytes: number; strip: number },
): void {
  const moves: Move[] = [
    [from, bytes],
    [to, strip],
  ];
  sweep(body, { segments: each(rows), moves }, () => {
    for (let vector = 0; vector < vectors; vector++) {
      const offset = vector * LANES * BYTES;
      body.get(to).get(from).memory("v128.load", offset).memory("v128.store", offset);
    }
  });
}

/** The inner axis of a tile whose left operand is read along these levels. */
export function innerAxis(levels: readonly Level[]): {
  inner: number;
  step: number;
  turns: readonly Turn[];
} {
  const [first, ...rest] = mergeLevels(levels);
  let moved = first.count * first.bytes;
  const turns = rest.map(({ count, bytes }) => {
    const skip = bytes - moved;
    moved = count * bytes;
    return { count, skip };
  });
  return { inner: first.count, step: first.bytes, turns };
}

/** From element to element of a window in an image, in the order of the kernel's rows. */
export function windowLevels({ kernel, plan }: WindowParts): Level[] {
  const { size, dilation } = kernel.windows;
  const pixel = plan.images[3] * BYTES;
  return [
    { count: plan.images[3], bytes: BYTES },
    { count: size[1], bytes: dilation[1] * pixel },
    { count: size[0], bytes: dilation[0] * plan.padded[1] * pixel },
  ];
}

/** Bytes from window to window in an image with `lanes` elements a pixel, down and across. */
export function windowSteps(
  { kernel, plan }: WindowParts,
  lanes: number,
): readonly [down: number, across: number] {
  const { strides } = kernel.windows;
  return [strides[0] * plan.padded[1] * lanes * BYTES, strides[1] * lanes * BYTES];
}

/** How pointers move from column to column, and from window to window. */
export interface TileMoves {
  readonly column: readonly Move[];
  readonly down: readonly Move[];
  readonly across: readonly Move[];
}

/** Visits the tiles of one image: for each strip of columns, windows down, and in runs across. */
export function overTiles(
  { main, plan, tileSize }: WindowParts,
  { columns, moves }: { columns: number; moves: TileMoves },
  tile: (rows: number, columns: number) => void,
): void {
  const [down, across] = plan.windows;
  const rowTiles = rowSegments(across, tileSize.rows);
  const segments = columnSegments(columns, tileSize.columns);
  sweep(main, { segments, moves: moves.column }, (width) => {
    sweep(main, { segments: each(down), moves: moves.down }, () => {
      sweep(main, { segments: rowTiles, moves: moves.across }, (rows) => {
        tile(rows, width);
      });
    });
  });
}
