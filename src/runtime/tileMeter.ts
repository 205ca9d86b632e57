/** @file Measures how fast one thread multiplies with register tiles, on operands in the first-level cache. */
import { PEAK_MEMORY, peakOperations, printPeak, type TileSize } from "../codegen/index.js";
import { detectRelaxedSimd } from "./capabilities.js";
import type { Compile } from "./wideCompiler.js";

export interface Peak {
  /** 10^9 additions and multiplications a second. */
  readonly gigaflops: number;
  readonly tile: TileSize;
}

/** The fastest of some runs of each tile. */
export type TileMeter = (rounds: number) => Peak[];

/** Tiles that an engine can use, for instructions of 128 and of 256 bits. Which is fastest depends on V8's compiler. */
export const TILES: Readonly<Record<128 | 256, readonly TileSize[]>> = {
  128: [
    { rows: 4, columns: 8 },
    { rows: 6, columns: 8 },
  ],
  256: [
    { rows: 4, columns: 16 },
    { rows: 5, columns: 16 },
    { rows: 6, columns: 16 },
  ],
};

/**
 * Compiles a meter that runs the tiles in turn.
 *
 * @param options.clock - milliseconds
 * @param options.compile - how; by default as V8 does it
 */
export function prepareMeter(
  tiles: readonly TileSize[],
  {
    clock,
    compile = (code) => new WebAssembly.Module(code),
  }: { clock: () => number; compile?: Compile | undefined },
): TileMeter {
  const target = { relaxed: detectRelaxedSimd() };
  const candidates = tiles.map((tile) => {
    const { minimum, maximum } = PEAK_MEMORY;
    const memory = new WebAssembly.Memory({ initial: minimum, maximum });
    // Ones stay ones: no sum of them overflows or becomes subnormal.
    new Float32Array(memory.buffer).fill(1);
    const module = compile(printPeak(tile, target));
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    return { tile, run: exports.run as () => void };
  });
  return (rounds) => {
    const fastest = candidates.map(() => Infinity);
    for (let round = 0; round < rounds; round++) {
      candidates.forEach(({ run }, i) => {
        const start = clock();
        run();
        fastest[i] = Math.min(fastest[i], clock() - start);
      });
    }
    return candidates.map(({ tile }, i) => ({
      tile,
      gigaflops: peakOperations(tile) / fastest[i] / 1e6,
    }));
  };
}

/** The highest rate. */
export const best = (rates: readonly Peak[]): Peak =>
  rates.reduce((one, other) => (other.gigaflops > one.gigaflops ? other : one));
