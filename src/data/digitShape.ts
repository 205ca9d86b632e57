/** @file From a skeleton to a pen's path on the page: smooth curves, bent by an affine and an elastic map. */
import type { RandomStream } from "../util/index.js";
import type { ControlPoint, Skeleton, Stroke } from "./digitSkeletons.js";

export type Point = readonly [x: number, y: number];
/** Maps a point of the page or of the skeleton to another. */
export type PointMap = (point: Point) => Point;
/** A polyline. */
export type Path = readonly Point[];

/** How much each of four neighbouring control points counts. */
type Weights = readonly [number, number, number, number];

/** Straight pieces that the curve between two control points is cut into. */
const PIECES = 6;
const PIECE_WEIGHTS = Array.from({ length: PIECES }, (_, piece) =>
  catmullRomWeights((piece + 1) / PIECES),
);

/**
 * The paths of all strokes.
 *
 * @param options - `jitter`: how far a control point strays at most, twice as far at a stroke's ends;
 * `map`: applied to each point of the smooth curves.
 */
export function drawnPaths(
  skeleton: Skeleton,
  options: { jitter: number; map: PointMap; random: RandomStream },
): Path[] {
  const { jitter, map, random } = options;
  return skeleton.map((stroke) => smooth(jittered(stroke, jitter, random)).map(map));
}

function jittered(stroke: Stroke, reach: number, random: RandomStream): ControlPoint[] {
  return stroke.map(([x, y, turn], index) => {
    const isEnd = index === 0 || index === stroke.length - 1;
    const step = isEnd ? 4 * reach : 2 * reach;
    const moved = [
      x + step * (random.uniform() - 0.5),
      y + step * (random.uniform() - 0.5),
    ] as const;
    return turn === undefined ? moved : [...moved, turn];
  });
}

/** A Catmull-Rom curve through the control points, which starts anew at each corner. */
function smooth(stroke: readonly ControlPoint[]): Point[] {
  const curve: Point[] = [[stroke[0][0], stroke[0][1]]];
  for (let index = 0; index + 1 < stroke.length; index++) {
    const from = stroke[index];
    const to = stroke[index + 1];
    const before = from[2] === "corner" ? from : (stroke[index - 1] ?? from);
    const after = to[2] === "corner" ? to : (stroke[index + 2] ?? to);
    for (const [a, b, c, d] of PIECE_WEIGHTS) {
      curve.push([
        a * before[0] + b * from[0] + c * to[0] + d * after[0],
        a * before[1] + b * from[1] + c * to[1] + d * after[1],
      ]);
    }
  }
  return curve;
}

function catmullRomWeights(t: number): Weights {
  return [
    (t * (t * (2 - t) - 1)) / 2,
    (t * t * (3 * t - 5) + 2) / 2,
    (t * (t * (4 - 3 * t) + 1)) / 2,
    (t * t * (t - 1)) / 2,
  ];
}
