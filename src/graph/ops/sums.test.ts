/** @file reduceSum, reduceMax and matMul on small matrices that can be checked by hand. */
import { describe, expect, test } from "vitest";
import { evaluate } from "../../codegen/index.js";
import { gradients } from "../gradients.js";
import { sum, variable } from "../functions.js";
import type { Tensor } from "../tensor.js";
import { primitives as p } from "./index.js";
import { matMulSizes } from "./matMul.js";
import { keptAxes } from "./reduce.js";

const x = variable({ name: "x", shape: [2, 3] });
const y = variable({ name: "y", shape: [3, 2] });
const cube = variable({ name: "cube", shape: [2, 2, 2] });
const ties = variable({ name: "ties", shape: [4] });
const values = new Map<Tensor, number[]>([
  [x, [1, 2, 3, 4, 5, 6]],
  [y, [7, 8, 9, 10, 11, 12]],
  [cube, [0, 1, 10, 11, 100, 101, 110, 111]],
  [ties, [1, 3, 3, 0]],
]);
const valueOf = (tensor: Tensor): number[] => [...evaluate([tensor], values)[0]];

describe("reductions drop their axes", () => {
  test.each<[number[], number[], number[], number[]]>([
    [[0], [2, 2], [100, 102, 120, 122], [100, 101, 110, 111]],
    [[1], [2, 2], [10, 12, 210, 212], [10, 11, 110, 111]],
    [[2], [2, 2], [1, 21, 201, 221], [1, 11, 101, 111]],
    [[0, 2], [2], [202, 242], [101, 111]],
    [[2, 0], [2], [202, 242], [101, 111]],
    [[0, 1, 2], [], [444], [111]],
  ])("over %j", (axes, shape, sums, maxima) => {
    const [added, largest] = [p.reduceSum(cube, axes), p.reduceMax(cube, axes)];
    expect([added.shape, largest.shape]).toEqual([shape, shape]);
    expect([valueOf(added), valueOf(largest)]).toEqual([sums, maxima]);
    expect(keptAxes(3, axes).length).toBe(shape.length);
  });
});

test("equal maxima share the gradient equally, as in JAX", () => {
  expect(valueOf(gradients(p.reduceMax(ties, [0]), [ties])[0])).toEqual([0, 0.5, 0.5, 0]);
});

test("the maximum with a NaN is NaN; the maximum of -Infinity is -Infinity", () => {
  const max = p.reduceMax(ties, [0]);
  const given = (list: number[]): number => evaluate([max], new Map([[ties, list]]))[0][0];
  expect(given([1, NaN, 3, 0])).toBeNaN();
  expect(given(Array<number>(4).fill(-Infinity))).toBe(-Infinity);
});

describe("matMul: [[1, 2, 3], [4, 5, 6]] x [[7, 8], [9, 10], [11, 12]] is [[58, 64], [139, 154]]", () => {
  const [turnedX, turnedY] = [p.transpose(x, [1, 0]), p.transpose(y, [1, 0])];
  test.each([
    ["plain", p.matMul(x, y)],
    ["first transposed", p.matMul(turnedX, y, { transposeA: true })],
    ["second transposed", p.matMul(x, turnedY, { transposeB: true })],
    ["both transposed", p.matMul(turnedX, turnedY, { transposeA: true, transposeB: true })],
  ])("%s", (_, product) => {
    expect(product.shape).toEqual([2, 2]);
    expect(valueOf(product)).toEqual([58, 64, 139, 154]);
  });

  test("its gradients are the row sums of y and the column sums of x", () => {
    const [byX, byY] = gradients(sum(p.matMul(x, y)), [x, y]);
    expect(valueOf(byX)).toEqual([15, 19, 23, 15, 19, 23]);
    expect(valueOf(byY)).toEqual([5, 5, 7, 7, 9, 9]);
  });

  test("sizes are those of the product, whatever the flags", () => {
    const flags = { transposeA: true, transposeB: true };
    expect(matMulSizes([3, 2], [5, 3], flags)).toEqual({
      rows: 2,
      columns: 5,
      inner: 3,
      innerB: 3,
    });
  });
});
