/** @file The elastic map: bounded, smooth, and the sum of its lattice's steps with weights that add up to 1. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { randomStream, type RandomStream } from "../util/index.js";
import { elasticMap } from "./elastic.js";

const page = { size: 28, cells: 3 };
const anywhere = fc.double({ min: -5, max: 33, noNaN: true });

/** A stream that always draws the same number. */
const always = (value: number): RandomStream => ({
  ...randomStream(1, "test"),
  uniform: () => value,
});

test("equal steps move every point by that step, on the page and beside it", () => {
  const map = elasticMap({ ...page, reach: 4, random: always(0.75) });
  fc.assert(
    fc.property(anywhere, (x) => {
      const [toX, toY] = map([x, 28 - x]);
      expect(toX - x).toBeCloseTo(2, 10);
      expect(toY - (28 - x)).toBeCloseTo(2, 10);
    }),
  );
});

test("no reach moves nothing", () => {
  const map = elasticMap({ ...page, reach: 0, random: randomStream(3, "test") });
  expect(map([3.5, 20])).toEqual([3.5, 20]);
});

test("no point on the page moves farther than the reach, and neighbours move together", () => {
  const map = elasticMap({ ...page, reach: 3, random: randomStream(5, "test") });
  const onPage = fc.double({ min: 0, max: 28, noNaN: true });
  fc.assert(
    fc.property(onPage, onPage, (x, y) => {
      const [toX, toY] = map([x, y]);
      expect(Math.max(Math.abs(toX - x), Math.abs(toY - y))).toBeLessThanOrEqual(3);
      // The field's slope is at most 2 * reach a cell of 28 / 3 pixels.
      const [nearX, nearY] = map([x + 1e-6, y]);
      expect(Math.hypot(nearX - toX, nearY - toY)).toBeLessThan(3e-6);
    }),
  );
});
