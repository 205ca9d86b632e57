/** @file A random smooth deformation of the page. */
import type { RandomStream } from "../util/index.js";
import type { Point, PointMap } from "./digitShape.js";

type Weights = readonly [number, number, number, number];

/** How much the four nearest lattice points count at `t` in [0, 1] between the middle two. */
function cubicBSplineWeights(t: number): Weights {
  const s = 1 - t;
  return [
    (s * s * s) / 6,
    (t * t * (3 * t - 6) + 4) / 6,
    (s * s * (3 * s - 6) + 4) / 6,
    (t * t * t) / 6,
  ];
}

/**
 * Moves points by a field that is a cubic B-spline of independent random steps on a lattice.
 *
 * @param options - `size`: side of the square page; `cells`: lattice cells along a side; `reach`: the
 * farthest that a lattice point strays along x or y.
 * @see Simard, Steinkraus, Platt, Best practices for convolutional neural networks, ICDAR 2003, whose
 * field is a Gaussian blur; a spline needs no exponential, so that every engine computes the same bits
 */
export function elasticMap(options: {
  size: number;
  cells: number;
  reach: number;
  random: RandomStream;
}): PointMap {
  const { size, cells, reach, random } = options;
  const side = cells + 3;
  const steps = Array.from({ length: 2 * side * side }, () => reach * (2 * random.uniform() - 1));
  const cellOf = (position: number): number => Math.min(Math.max(position, 0), cells - 1);
  return ([x, y]: Point): Point => {
    const column = cellOf(Math.floor((x / size) * cells));
    const row = cellOf(Math.floor((y / size) * cells));
    const across = cubicBSplineWeights((x / size) * cells - column);
    const down = cubicBSplineWeights((y / size) * cells - row);
    let [toX, toY] = [x, y];
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 4; j++) {
        const place = 2 * ((row + i) * side + column + j);
        const weight = down[i] * across[j];
        toX += weight * steps[place];
        toY += weight * steps[place + 1];
      }
    }
    return [toX, toY];
  };
}
