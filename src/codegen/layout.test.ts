import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byteSize, elementBytes, pack, rowStride, unpack } from "./layout.js";

const shapes = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 });

describe("layout", () => {
  it("gives back what was packed, and keeps inside the block", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const size = shape.reduce((product, n) => product * n, 1);
        const values = Float32Array.from({ length: size }, (_, i) => i + 1);
        const block = new Float32Array(byteSize(shape, "float32") / 4);
        pack(values, block, { shape, dtype: "float32" });
        const result = new Float32Array(size);
        unpack(block, result, { shape, dtype: "float32" });
        expect(result).toEqual(values);
      }),
    );
  });

  it("begins every row on a vector, and long rows on an odd number of cache lines", () => {
    for (const columns of [1, 3, 4, 10, 255, 256, 512, 784, 1000]) {
      const bytes = rowStride([2, columns], "float32") * elementBytes("float32");
      expect(bytes % 16).toBe(0);
      expect(bytes).toBeGreaterThanOrEqual(columns * 4);
      if (columns >= 256) expect((bytes / 64) % 2).toBe(1);
    }
    expect(rowStride([2, 512], "float32")).toBe(528);
    expect(rowStride([2, 784], "float32")).toBe(784);
  });

  it("leaves a vector of slack behind the last element", () => {
    expect(byteSize([16], "float32")).toBeGreaterThanOrEqual((16 + 4) * 4);
  });
});
