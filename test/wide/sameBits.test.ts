/** @file The width of instructions changes no bit of any result, on one thread or several. */
import { beforeEach, describe, expect, it } from "vitest";
import { createEngine } from "../../src/runtime/index.js";
import { randomGraph } from "../contract/randomGraph.js";
import { randomGraphBits } from "../contract/randomGraphBits.js";
import { compiledEntry, threadedEngines } from "../threads/threadedEngines.js";
import { hasWideCode, NO_WIDE_CODE } from "../contract/wideCode.js";

const create = threadedEngines(compiledEntry());
const FIRST_SEED = 40_000;
const GRAPHS = 200;

describe("256 bits give the bits of 128", () => {
  beforeEach(({ skip }) => skip(!hasWideCode, NO_WIDE_CODE));

  it.each([1, 2])(`in ${GRAPHS} random graphs, threads: %i`, async (threads) => {
    const usual = await createEngine({ tile: { rows: 4, columns: 8 }, simdBits: 128 });
    const wide = await create({ threads, simdBits: 256 });
    for (let seed = FIRST_SEED; seed < FIRST_SEED + GRAPHS; seed++) {
      const program = randomGraph(seed);
      const expected = await randomGraphBits(usual, program);
      expect(await randomGraphBits(wide, program), program.description).toEqual(expected);
    }
  });
});
