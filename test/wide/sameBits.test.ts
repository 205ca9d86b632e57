/** @file The width of instructions changes no bit of any result, on one thread or several. */
import { beforeEach, describe, it } from "vitest";
import { createEngine } from "../../src/runtime/index.js";
import { expectSameBits } from "../contract/expectSameBits.js";
import { compiledEntry, threadedEngines } from "../threads/threadedEngines.js";
import { hasWideCode, NO_WIDE_CODE } from "../contract/wideCode.js";

const create = threadedEngines(compiledEntry());
const GRAPHS = 200;

describe("256 bits give the bits of 128", () => {
  beforeEach(({ skip }) => skip(!hasWideCode, NO_WIDE_CODE));

  it.each([1, 2])(`in ${GRAPHS} random graphs, threads: %i`, async (threads) => {
    const usual = await createEngine({ tile: { rows: 4, columns: 8 }, simdBits: 128 });
    const wide = await create({ threads, simdBits: 256 });
    await expectSameBits(usual, wide, { firstSeed: 40_000, graphs: GRAPHS });
  });
});
