import { describe, expect, it } from "vitest";
import type { Buffer, Kernel, ProductKernel } from "../../kernel.js";
import { readPanels } from "./panels.js";

const TILE = { rows: 6, columns: 8 } as const;

function product(rows: number, columns: number, inner: number): ProductKernel {
  const buffer = (name: string): Buffer => {
    return { role: "temporary", name, shape: [inner, 1], dtype: "float32" };
  };
  return {
    kind: "product",
    space: [rows, columns],
    inner,
    a: { buffer: buffer("a"), outerStride: 1, innerStride: rows },
    b: { buffer: buffer("b"), outerStride: 1, innerStride: columns },
    stores: [],
  };
}

const kinds = (kernel: Kernel): string[] => readPanels([kernel], TILE).map(({ kind }) => kind);

describe("a right-hand matrix goes into panels", () => {
  it("of eight columns, each with all steps", () => {
    const [loop, reading] = readPanels([product(784, 20, 512)], TILE);
    // Panels of columns 0-7, 8-15 and 16-23, the last of them filled up.
    expect(loop).toMatchObject({
      space: [3, 512, 8],
      stores: [{ strides: [512 * 8, 8, 1], value: { strides: [8, 20, 1] } }],
    });
    expect(reading).toMatchObject({ b: { outerStride: 512, innerStride: 8, inPanels: true } });
  });

  it("where it is large, and many strips of rows read it", () => {
    expect(kinds(product(784, 512, 128))).toEqual(["loop", "product"]);
    expect(kinds(product(784, 16, 128))).toEqual(["product"]);
    expect(kinds(product(60, 512, 128))).toEqual(["product"]);
  });

  it("not where strips of columns pack it, or a library reads it", () => {
    expect(kinds(product(784, 1024, 512))).toEqual(["product"]);
    expect(kinds({ ...product(784, 512, 128), byLibrary: true })).toEqual(["product"]);
  });
});
