/** @file Every form of register tile that programs are made of, in one module: for a check of a compiler. */
import { LANES } from "../layout.js";
import { encodeModule } from "./assembler.js";
import type { Target } from "./math.js";
import { BYTES } from "./product/plan.js";
import { printTile, type Tile } from "./product/tile.js";

const MOST_ROWS = 6;
const VECTORS = [1, 2, 4] as const;
const ROW = 16 * BYTES;
const INNER = 19;

/** What tiles differ in, but for numbers: whether rows of a result touch, and how a tile begins and ends. */
const forms: Readonly<Record<string, (vectors: number) => Partial<Tile>>> = {
  plain: () => ({}),
  touching: (vectors) => ({ resultRow: vectors * LANES * BYTES }),
  turning: () => ({ inner: 5, turns: [{ count: 3, skip: 2 * BYTES }] }),
  adding: () => ({ accumulate: true }),
  "turning twice, adding": () => ({
    inner: 4,
    turns: [
      { count: 3, skip: BYTES },
      { count: 2, skip: 3 * BYTES },
    ],
    accumulate: true,
  }),
};

/** What each tile reads and writes lies here, and the memory is one page. */
export const TILE_FORMS = { a: 0, b: 2 ** 13, result: 2 ** 14, bytes: 2 ** 16 } as const;

/** The module, and the names of its functions of (address in a, address in b, address of the result). */
export function printTileForms(
  prefix: string,
  target: Target,
): { readonly names: readonly string[]; readonly code: Uint8Array<ArrayBuffer> } {
  const tiles = Object.entries(forms).flatMap(([form, difference]) =>
    VECTORS.flatMap((vectors) =>
      Array.from({ length: MOST_ROWS }, (_, i) => {
        const tile: Tile = {
          ...{ rows: i + 1, vectors, inner: INNER, resultRow: 2 * ROW },
          ...{ a: { row: ROW, step: BYTES }, b: { step: ROW } },
          ...difference(vectors),
        };
        const name = `${i + 1} x ${vectors * LANES}, ${form}`;
        return { name, body: printTile(`${prefix}${name}`, tile, target) };
      }),
    ),
  );
  const memory = { minimum: 1, maximum: 1, shared: false };
  const bodies = tiles.map(({ body }) => body);
  return { names: tiles.map(({ name }) => name), code: encodeModule(bodies, memory) };
}
