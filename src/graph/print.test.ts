/** @file The printed form of a graph. */
import { expect, test } from "vitest";
import * as ops from "./functions.js";
import { primitives as p } from "./ops/index.js";
import { printGraph } from "./print.js";

test("one numbered line a node; shapes and dtypes once; flags by name; the roots last", () => {
  const x = ops.variable({ name: "x", shape: [128, 784] });
  const w = ops.variable({ name: "w", shape: [512, 784] });
  const step = ops.variable({ name: "step", shape: [], dtype: "int32" });
  const product = p.matMul(x, w, { transposeB: true });
  const bits = p.randomBits(step, { shape: [512], key: [1, 2] });
  const sums = p.reduceSum(product, [0]);
  const kept = p.multiply(p.cast(bits, "float32"), sums);
  expect(printGraph([kept, product, p.broadcast(p.constant(-0), { shape: [3], axes: [] })])).toBe(
    `%0 = variable {name: step} [] int32
%1 = randomBits(%0) {key: [1, 2]} [512] int32
%2 = cast(%1) [512] float32
%3 = variable {name: x} [128, 784] float32
%4 = variable {name: w} [512, 784] float32
%5 = matMul(%3, %4) {transposeB} [128, 512] float32
%6 = reduceSum(%5) {axes: [0]} [512] float32
%7 = multiply(%2, %6) [512] float32
%8 = constant {value: -0} [] float32
%9 = broadcast(%8) {axes: []} [3] float32
return %7, %5, %9`,
  );
});
