/** @file The register tile changes no bit of any result. Other instructions: test/wide; threads: test/threads. */
import { it } from "vitest";
import { createEngine } from "../../src/runtime/index.js";
import { expectSameBits } from "./expectSameBits.js";

it.each([
  { rows: 6, columns: 8 },
  { rows: 5, columns: 16 },
] as const)("the same bits with tiles of $rows by $columns as of 4 by 8", async (tile) => {
  const one = await createEngine({ tile: { rows: 4, columns: 8 }, simdBits: 128 });
  const other = await createEngine({ tile, simdBits: 128 });
  await expectSameBits(one, other, { firstSeed: 30_000, graphs: 200 });
});
