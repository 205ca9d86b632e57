/** @file The innermost loop alone, on operands that stay in the first-level cache: what the machine can do at most. */
import { encodeModule, FunctionBody, type MemoryImport } from "./assembler.js";
import type { Target } from "./math.js";
import { LANES } from "../layout.js";
import { BYTES, vectorsOf, type TileSize } from "./product/plan.js";
import { printTile } from "./product/tile.js";

/** Steps of the inner axis: 16 KiB of operands. */
const INNER = 256;
const CALLS = 64;
const A_ADDRESS = 0;
const B_ADDRESS = 2 ** 14;
const RESULT_ADDRESS = 2 ** 15;

export const PEAK_MEMORY: MemoryImport = { minimum: 1, maximum: 1, shared: false };

/** Floating-point operations of one call of `run`. */
export function peakOperations({ rows, columns }: TileSize): number {
  return 2 * rows * columns * INNER * CALLS;
}

/** A module whose `run` calls one tile again and again. */
export function printPeak({ rows, columns }: TileSize, target: Target): Uint8Array<ArrayBuffer> {
  const tile = printTile(
    "tile",
    {
      rows,
      vectors: vectorsOf(columns),
      inner: INNER,
      a: { row: BYTES, step: Math.ceil(rows / LANES) * LANES * BYTES },
      b: { step: columns * BYTES },
      resultRow: columns * BYTES,
    },
    target,
  );
  const run = new FunctionBody("run", []);
  const left = run.local("i32");
  run.i32(CALLS).set(left);
  run.loopWhile(() => {
    run.i32(A_ADDRESS).i32(B_ADDRESS).i32(RESULT_ADDRESS).call(tile);
    run.get(left).i32(1).op("i32.sub").tee(left);
  });
  return encodeModule([tile, run], PEAK_MEMORY);
}
