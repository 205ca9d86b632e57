/** @file Expected values: powers of ten, and NumPy's `geomspace(2, 50, 4)`. */
import { describe, expect, it } from "vitest";
import { logSpace } from "./logSpace.js";

describe("logSpace", () => {
  it("writes powers of ten as they are", () => {
    expect(logSpace(1e-6, 1e-1, { count: 6 })).toEqual([1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1]);
  });
  it("multiplies by one factor and keeps its ends, also downwards", () => {
    const points = logSpace(2, 50, { count: 4 });
    [2, 5.848035476, 17.09975947, 50].forEach((p, i) => expect(points[i]).toBeCloseTo(p, 7));
    expect(logSpace(50, 2, { count: 4 })).toEqual(points.toReversed());
  });
  it("refuses 0 and a single point", () => {
    expect(() => logSpace(0, 1, { count: 3 })).toThrow("A logarithmic grid has no 0.");
    expect(() => logSpace(1, 2, { count: 1 })).toThrow(
      "count must be a whole number in [2, 10000]",
    );
  });
});
