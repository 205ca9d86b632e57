/** @file reshape, transpose, broadcast, gatherRows and scatterRows on small matrices that can be checked by eye. */
import { describe, expect, test } from "vitest";
import { evaluate } from "../../codegen/index.js";
import { gradients } from "../gradients.js";
import { sum, variable } from "../functions.js";
import type { Tensor } from "../tensor.js";
import { primitives as p } from "./index.js";

const x = variable({ name: "x", shape: [2, 3] });
const cube = variable({ name: "cube", shape: [2, 2, 2] });
const rows = variable({ name: "rows", shape: [4], dtype: "int32" });
const values = new Map<Tensor, number[]>([
  [x, [1, 2, 3, 4, 5, 6]],
  [cube, [0, 1, 10, 11, 100, 101, 110, 111]],
  [rows, [1, 0, 1, 1]],
]);
const valueOf = (tensor: Tensor): number[] => [...evaluate([tensor], values)[0]];

describe("views", () => {
  test.each<[string, Tensor, number[], number[]]>([
    ["reshape keeps row-major order", p.reshape(x, [3, 2]), [3, 2], [1, 2, 3, 4, 5, 6]],
    ["transpose swaps", p.transpose(x, [1, 0]), [3, 2], [1, 4, 2, 5, 3, 6]],
    [
      "transpose: axis i of the result is axis permutation[i] of the input",
      p.transpose(cube, [1, 2, 0]),
      [2, 2, 2],
      [0, 100, 1, 101, 10, 110, 11, 111],
    ],
    [
      "broadcast before",
      p.broadcast(x, { shape: [2, 2, 3], axes: [1, 2] }),
      [2, 2, 3],
      [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6],
    ],
    [
      "broadcast between",
      p.broadcast(x, { shape: [2, 2, 3], axes: [0, 2] }),
      [2, 2, 3],
      [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6],
    ],
    [
      "broadcast behind",
      p.broadcast(x, { shape: [2, 3, 2], axes: [0, 1] }),
      [2, 3, 2],
      [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6],
    ],
    ["gatherRows repeats", p.gatherRows(x, rows), [4, 3], [4, 5, 6, 1, 2, 3, 4, 5, 6, 4, 5, 6]],
    [
      "scatterRows sums the rows of one number, and leaves 0 where there are none",
      p.scatterRows(p.gatherRows(x, rows), rows, { size: 3 }),
      [3, 3],
      [1, 2, 3, 12, 15, 18, 0, 0, 0],
    ],
    ["iota counts along its axis", p.iota([2, 3], 1), [2, 3], [0, 1, 2, 0, 1, 2]],
    ["iota along the first axis", p.iota([2, 3], 0), [2, 3], [0, 0, 0, 1, 1, 1]],
  ])("%s", (_, tensor, shape, expected) => {
    expect(tensor.shape).toEqual(shape);
    expect(valueOf(tensor)).toEqual(expected);
  });
});

test("a row that is gathered several times collects the gradient of each time", () => {
  const [slope] = gradients(sum(p.gatherRows(x, rows)), [x]);
  expect(valueOf(slope)).toEqual([1, 1, 1, 3, 3, 3]);
});

test("gatherRows keeps the table's dtype, and passes no gradient to one of whole numbers", () => {
  const pixels = variable({ name: "pixels", shape: [5, 3], dtype: "uint8" });
  const batch = p.gatherRows(pixels, rows);
  expect([batch.shape, batch.dtype]).toEqual([[4, 3], "uint8"]);
  const [slope] = gradients(sum(p.multiply(p.cast(batch, "float32"), p.gatherRows(x, rows))), [x]);
  expect(slope.shape).toEqual([2, 3]);
});
