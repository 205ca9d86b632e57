/** @file Cases for reductions and products: axes in every place, sizes below, at and past any tile's. */
import { primitives, type Tensor } from "../../src/graph/index.js";
import { input, list, show, type OpCase } from "./caseParts.js";
import { EXACT, SUMMED, type Tolerance } from "./values.js";

const REDUCTIONS: readonly (readonly [shape: string, axes: string])[] = [
  ["1", "0"],
  ["3", "0"],
  ["17", "0"],
  ["1 1", "0 1"],
  ["3 1", "0"],
  ["1 5", "0"],
  ["7 33", "0"],
  ["7 33", "1"],
  ["7 33", "0 1"],
  ["7 33", "1 0"],
  ["3 4 5", "0"],
  ["3 4 5", "1"],
  ["3 4 5", "2"],
  ["3 4 5", "0 1"],
  ["3 4 5", "0 2"],
  ["3 4 5", "2 1"],
  ["3 4 5", "0 1 2"],
  ["2 3 4 5", "1 3"],
  ["2 3 4 5", "0 2"],
  ["128 130", "0"],
  ["128 130", "1"],
];

export const reductions = (name: "reduceSum" | "reduceMax", tolerance: Tolerance): OpCase[] =>
  (["float32", "int32"] as const).flatMap((dtype) =>
    REDUCTIONS.map(([shape, axes]) => ({
      title: `[${shape}] ${dtype} over [${axes}]`,
      inputs: [input(list(shape), dtype)],
      build: ([x]: readonly Tensor[]) => primitives[name](x, list(axes)),
      tolerance: dtype === "int32" ? EXACT : tolerance,
    })),
  );

/** Rows, inner size, columns. */
const PRODUCTS = [
  "1 1 1",
  "1 7 1",
  "2 3 4",
  "4 4 4",
  "5 17 3",
  "6 8 8",
  "7 9 70",
  "13 10 5",
  "12 16 17",
  "33 64 10",
  "70 1 69",
  "64 70 16",
];

const flagged = PRODUCTS.map(list).flatMap(([rows, inner, columns]) =>
  [false, true].flatMap((transposeA) =>
    [false, true].map((transposeB) => {
      const a = transposeA ? [inner, rows] : [rows, inner];
      const b = transposeB ? [columns, inner] : [inner, columns];
      return {
        title: `${show(a)}${transposeA ? "ᵀ" : ""} x ${show(b)}${transposeB ? "ᵀ" : ""}`,
        inputs: [input(a), input(b)],
        build: ([x, y]: readonly Tensor[]) => primitives.matMul(x, y, { transposeA, transposeB }),
        tolerance: SUMMED,
      };
    }),
  ),
);

const withItself = [false, true].map((transposeA) => ({
  title: `a matrix with itself, the ${transposeA ? "first" : "second"} transposed`,
  inputs: [input([7, 33])],
  build: ([x]: readonly Tensor[]) =>
    primitives.matMul(x, x, { transposeA, transposeB: !transposeA }),
  tolerance: SUMMED,
}));

export const products: readonly OpCase[] = [...flagged, ...withItself];
