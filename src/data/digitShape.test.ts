/** @file Strokes: curves pass their control points, corners are sharp, jitter stays within its reach. */
import { expect, test } from "vitest";
import { randomStream } from "../util/index.js";
import { drawnPaths, type Path } from "./digitShape.js";
import { SKELETONS, type Stroke } from "./digitSkeletons.js";

const draw = (stroke: Stroke, jitter = 0): Path =>
  drawnPaths([stroke], { jitter, map: (point) => point, random: randomStream(1, "test") })[0];

const bow: Stroke = [
  [0, 0],
  [0.2, 0.1],
  [0.3, 0.4],
  [0, 0.5],
];

test("a curve passes through every control point", () => {
  const path = draw(bow);
  for (const [x, y] of bow) {
    const nearest = Math.min(...path.map(([px, py]) => Math.hypot(px - x, py - y)));
    expect(nearest).toBeLessThan(1e-12);
  }
});

test("between two corners the pen goes straight", () => {
  const path = draw([
    [0, 0],
    [0.3, 0, "corner"],
    [0.3, 0.4, "corner"],
    [0, 0.4],
  ]);
  const between = path.filter(([, y]) => y > 1e-9 && y < 0.4 - 1e-9);
  expect(between.length).toBeGreaterThan(3);
  for (const [x] of between) expect(x).toBeCloseTo(0.3, 12);
});

test("control points stray no farther than the jitter, ends no farther than twice that", () => {
  const moved = draw(bow, 0.05);
  const ends = [moved[0], moved[moved.length - 1]];
  for (const [index, [x, y]] of ends.entries()) {
    const [fromX, fromY] = bow[index * (bow.length - 1)];
    expect(Math.max(Math.abs(x - fromX), Math.abs(y - fromY))).toBeLessThanOrEqual(0.1);
  }
  expect(moved).not.toEqual(draw(bow));
});

test("the map is applied to the points of the curve", () => {
  const options = { jitter: 0, random: randomStream(1, "test") };
  const [path] = drawnPaths([bow], { ...options, map: ([x, y]) => [x + 1, 2 * y] });
  expect(path).toEqual(draw(bow).map(([x, y]) => [x + 1, 2 * y]));
});

test("every digit can be written in three ways, each as high as the digit and not too wide", () => {
  expect(SKELETONS).toHaveLength(10);
  for (const skeletons of SKELETONS) {
    expect(skeletons.length).toBeGreaterThanOrEqual(3);
    for (const points of skeletons.map((skeleton) => skeleton.flat())) {
      const ys = points.map(([, y]) => y);
      expect(Math.max(...ys) - Math.min(...ys)).toBeGreaterThan(0.9);
      expect(Math.max(...points.map(([x, y]) => Math.max(Math.abs(x), Math.abs(y))))).toBeLessThan(
        0.55,
      );
    }
  }
});
