/** @file The register tile changes no bit of any result. Other instructions: test/wide; threads: test/threads. */
import { expect, it } from "vitest";
import { createEngine } from "../../src/runtime/index.js";
import { randomGraph } from "./randomGraph.js";
import { randomGraphBits } from "./randomGraphBits.js";

const FIRST_SEED = 30_000;
const GRAPHS = 200;

it.each([
  { rows: 6, columns: 8 },
  { rows: 5, columns: 16 },
] as const)("the same bits with tiles of $rows by $columns as of 4 by 8", async (tile) => {
  const one = await createEngine({ tile: { rows: 4, columns: 8 }, simdBits: 128 });
  const other = await createEngine({ tile, simdBits: 128 });
  for (let seed = FIRST_SEED; seed < FIRST_SEED + GRAPHS; seed++) {
    const program = randomGraph(seed);
    const expected = await randomGraphBits(one, program);
    expect(await randomGraphBits(other, program), program.description).toEqual(expected);
  }
});
