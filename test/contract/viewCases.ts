/** @file Cases for the primitives that move elements: every order, every place of an axis, every dtype. */
import { primitives, type Tensor } from "../../src/graph/index.js";
import { ALL_DTYPES, input, list, show, type OpCase } from "./caseParts.js";
import { EXACT, SUMMED } from "./values.js";

function views(
  rows: readonly (readonly [from: string, detail: string, to?: string])[],
  build: (x: Tensor, detail: readonly number[], to: readonly number[]) => Tensor,
): OpCase[] {
  return ALL_DTYPES.flatMap((dtype) =>
    rows.map(([from, detail, to]) => ({
      title: `${show(list(from))} ${dtype} by [${detail}]${to === undefined ? "" : ` to [${to}]`}`,
      inputs: [input(list(from), dtype)],
      build: ([x]: readonly Tensor[]) => build(x, list(detail), list(to ?? "")),
      tolerance: EXACT,
    })),
  );
}

/** From a shape to a shape. */
export const reshapes = views(
  [
    ["", "1 1"],
    ["1 1", ""],
    ["17", "17 1"],
    ["7 33", "33 7"],
    ["3 4 5", "60"],
    ["3 4 5", "5 12"],
    ["3 4 5", "3 20"],
    ["7 33", "7 3 11"],
    ["3 4 90", "3 360"],
    ["3 4 5", "3 4 5"],
  ],
  (x, shape) => primitives.reshape(x, shape),
);

/** A shape by a permutation. */
export const transposes = views(
  [
    ["", ""],
    ["17", "0"],
    ["1 1", "1 0"],
    ["7 33", "1 0"],
    ["7 33", "0 1"],
    ["64 48", "1 0"],
    ["3 4 5", "0 2 1"],
    ["3 4 5", "1 0 2"],
    ["3 4 5", "1 2 0"],
    ["3 4 5", "2 0 1"],
    ["3 4 5", "2 1 0"],
    ["2 3 4 5", "3 1 0 2"],
  ],
  (x, permutation) => primitives.transpose(x, permutation),
);

/** A shape at some axes of another. */
export const broadcasts = views(
  [
    ["", "", "1"],
    ["", "", "17"],
    ["", "", "3 4 5"],
    ["5", "1", "3 5"],
    ["3", "0", "3 5"],
    ["33", "0", "33 7"],
    ["4", "1", "3 4 5"],
    ["3 5", "0 2", "3 4 5"],
    ["3 4", "0 1", "3 4 5"],
    ["4 5", "1 2", "3 4 5"],
    ["7 33", "0 1", "7 33"],
    ["1 3", "1 3", "2 1 4 3"],
  ],
  (x, axes, shape) => primitives.broadcast(x, { shape, axes }),
);

const GATHERS: readonly (readonly [table: string, rows: number])[] = [
  ["6", 17],
  ["5 4", 3],
  ["1 7", 5],
  ["9 33", 1],
  ["10 784", 8],
  ["3 4 5", 7],
];
export const gathers: readonly OpCase[] = ALL_DTYPES.flatMap((dtype) =>
  GATHERS.map(([shape, rows]) => {
    const table = list(shape);
    return {
      title: `${rows} rows of ${show(table)} ${dtype}`,
      inputs: [input(table, dtype), input([rows], "int32", [0, table[0] - 1])],
      build: ([x, indices]: readonly Tensor[]) => primitives.gatherRows(x, indices),
      tolerance: EXACT,
    };
  }),
);

const SCATTERS: typeof GATHERS = [...GATHERS, ["1 1", 9], ["40 16", 100], ["7 50", 64]];
/** Rows summed into those of a table: several into one, none into another. */
export const scatters: readonly OpCase[] = SCATTERS.map(([shape, rows]) => {
  const [size, ...rest] = list(shape);
  return {
    title: `${rows} rows of ${show([rows, ...rest])} into ${size}`,
    inputs: [input([rows, ...rest], "float32"), input([rows], "int32", [0, size - 1])],
    build: ([x, indices]: readonly Tensor[]) => primitives.scatterRows(x, indices, { size }),
    tolerance: SUMMED,
  };
});
