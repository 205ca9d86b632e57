/** @file Every form of register tile that programs are made of: for a check of a compiler. */
import { LANES } from "../layout.js";
import type { FunctionBody } from "./assembler.js";
import type { Target } from "./math.js";
import { BYTES, MOST_TILE_ROWS } from "./product/plan.js";
import { printTile, type Tile } from "./product/tile.js";

const ROW = 16 * BYTES;
const INNER = 19;

/** A function to be checked, and the parameters to call it with. */
export interface Form {
  readonly name: string;
  readonly body: FunctionBody;
  readonly parameters: readonly number[];
}

interface TileForm {
  readonly rows: number;
  readonly vectors: readonly number[];
  readonly difference: Partial<Tile>;
}

/** What tiles differ in, but for numbers: how they begin and end, and whether rows of a result touch. */
const forms: Readonly<Record<string, TileForm>> = {
  plain: { rows: MOST_TILE_ROWS, vectors: [1, 2, 4], difference: {} },
  touching: { rows: MOST_TILE_ROWS, vectors: [1], difference: { resultRow: LANES * BYTES } },
  // As convolutions have them.
  turning: {
    ...{ rows: 4, vectors: [1, 2, 4] },
    difference: { inner: 5, turns: [{ count: 3, skip: 2 * BYTES }] },
  },
  adding: { rows: 4, vectors: [1, 2, 4], difference: { accumulate: true } },
  "turning twice, adding": {
    ...{ rows: 4, vectors: [1, 2, 4] },
    difference: {
      inner: 4,
      turns: [
        { count: 3, skip: BYTES },
        { count: 2, skip: 3 * BYTES },
      ],
      accumulate: true,
    },
  },
};

/** Where each tile reads and writes. */
const PARAMETERS = [0, 2 ** 13, 2 ** 14];

/** Functions of (address in a, address in b, address of the result). */
export function tileForms(prefix: string, target: Target): Form[] {
  return Object.entries(forms).flatMap(([form, { rows: most, vectors, difference }]) =>
    vectors.flatMap((count) =>
      Array.from({ length: most }, (_, i) => {
        const tile: Tile = {
          ...{ rows: i + 1, vectors: count, inner: INNER, resultRow: 2 * ROW },
          ...{ a: { row: ROW, step: BYTES }, b: { step: ROW } },
          ...difference,
        };
        const name = `a tile of ${i + 1} by ${count * LANES}, ${form}`;
        return { name, body: printTile(prefix + name, tile, target), parameters: PARAMETERS };
      }),
    ),
  );
}
