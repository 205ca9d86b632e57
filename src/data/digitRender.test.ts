/** @file Rendering against geometry: the ink of a line is its area, and coverage falls off at its edge. */
import { expect, test } from "vitest";
import { renderInk } from "./digitRender.js";

const pen = { radius: 2, taper: 0, softness: 1 };
const sum = (ink: Float64Array): number => ink.reduce((a, b) => a + b, 0);

test("all ink of a straight line is the area of a rectangle with round ends", () => {
  const line = [
    [8.3, 9.1],
    [20.7, 17.4],
  ] as const;
  const length = Math.hypot(20.7 - 8.3, 17.4 - 9.1);
  const area = 2 * pen.radius * length + Math.PI * pen.radius ** 2;
  // One per cent: pixels sample the edge.
  expect(Math.abs(sum(renderInk([line], { size: 28, pen })) / area - 1)).toBeLessThan(0.01);
});

test("a pixel is full inside, half at the edge, empty outside", () => {
  const ink = renderInk(
    [
      [
        [14.5, 4],
        [14.5, 24],
      ],
    ],
    { size: 28, pen },
  );
  const across = [...ink.subarray(14 * 28, 15 * 28)];
  expect(across.slice(11, 18)).toEqual([0, 0.5, 1, 1, 1, 0.5, 0]);
  expect(across[0] + across[27]).toBe(0);
});

test("paths over each other give no more ink than one", () => {
  const line = [
    [5, 5],
    [20, 20],
  ] as const;
  const once = renderInk([line], { size: 28, pen });
  expect(renderInk([line, line], { size: 28, pen })).toEqual(once);
});

test("a path of no length is a dot, and one that leaves the page is cut off at its edge", () => {
  const dot = renderInk(
    [
      [
        [14, 14],
        [14, 14],
      ],
    ],
    { size: 28, pen },
  );
  // The soft edge adds softness^2 / 12 to the mean square radius.
  expect(Math.abs(sum(dot) / (Math.PI * (4 + 1 / 12)) - 1)).toBeLessThan(0.01);
  expect(
    sum(
      renderInk(
        [
          [
            [-50, 5],
            [-40, 5],
          ],
        ],
        { size: 28, pen },
      ),
    ),
  ).toBe(0);
  const half = renderInk(
    [
      [
        [-50, 14],
        [14, 14],
      ],
    ],
    { size: 28, pen },
  );
  expect([...half.subarray(14 * 28, 14 * 28 + 14)]).toEqual(Array(14).fill(1));
});

test("a tapering line grows thicker from its beginning to its end", () => {
  const path = Array.from({ length: 21 }, (_, i) => [4 + i, 14] as const);
  const ink = renderInk([path], { size: 28, pen: { ...pen, radius: 1, taper: 2 } });
  const column = (x: number): number => sum(ink.filter((_ink, place) => place % 28 === x));
  expect(column(5)).toBeLessThan(column(13));
  expect(column(13)).toBeLessThan(column(21));
});
