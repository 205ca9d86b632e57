/** @file Draws paths with a round pen: each pixel's ink from its distance to the nearest path, anti-aliased. */
import type { Path, Point } from "./digitShape.js";

export interface Pen {
  /** Half the width of a line at the start of a path, in pixels. */
  readonly radius: number;
  /** The radius grows along the path by this share of itself; negative for a line that thins out. */
  readonly taper: number;
  /** Width of the edge, in pixels, over which ink fades to paper. */
  readonly softness: number;
}

/**
 * The share of ink of each pixel.
 *
 * @param size - side of the square page in pixels; pixel (0, 0) has its middle at (0.5, 0.5).
 * @returns numbers in [0, 1], row by row, shape [size, size].
 */
export function renderInk(
  paths: readonly Path[],
  { size, pen }: { size: number; pen: Pen },
): Float64Array {
  /** Distance of the pixel's middle to the edge of the nearest line; negative inside the line. */
  const distance = new Float64Array(size * size).fill(Infinity);
  for (const path of paths) {
    const pieces = path.length - 1;
    for (let piece = 0; piece < pieces; piece++) {
      const radius = pen.radius * (1 + (pen.taper * piece) / pieces);
      nearer(distance, size, {
        from: path[piece],
        to: path[piece + 1],
        radius,
        reach: radius + pen.softness,
      });
    }
  }
  return distance.map((d) => Math.min(Math.max(0.5 - d / pen.softness, 0), 1));
}

interface Piece {
  readonly from: Point;
  readonly to: Point;
  readonly radius: number;
  /** Pixels farther away than this stay white. */
  readonly reach: number;
}

/** Lowers the distances of the pixels near one straight piece. */
function nearer(distance: Float64Array, size: number, { from, to, radius, reach }: Piece): void {
  const [x0, y0] = from;
  const dx = to[0] - x0;
  const dy = to[1] - y0;
  const lengthSquared = dx * dx + dy * dy;
  const first = (low: number): number => Math.max(0, Math.floor(low - reach));
  const last = (high: number): number => Math.min(size - 1, Math.floor(high + reach));
  const lastRow = last(Math.max(y0, to[1]));
  const lastColumn = last(Math.max(x0, to[0]));
  for (let row = first(Math.min(y0, to[1])); row <= lastRow; row++) {
    for (let column = first(Math.min(x0, to[0])); column <= lastColumn; column++) {
      const px = column + 0.5 - x0;
      const py = row + 0.5 - y0;
      const along = lengthSquared > 0 ? (px * dx + py * dy) / lengthSquared : 0;
      const t = Math.min(Math.max(along, 0), 1);
      const offX = px - t * dx;
      const offY = py - t * dy;
      const toEdge = Math.sqrt(offX * offX + offY * offY) - radius;
      const place = row * size + column;
      if (toEdge < distance[place]) distance[place] = toEdge;
    }
  }
}
