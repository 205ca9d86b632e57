/** @file Measures the most that one thread of this machine can multiply with the engine's own inner loop. */
import { PEAK_MEMORY, peakOperations, printPeak } from "../codegen/index.js";
import { detectRelaxedSimd } from "./capabilities.js";

/** Register tiles that the engine can use; which is fastest depends on the compiler of the machine. */
const TILE_ROWS = [4, 6] as const;

export interface Peak {
  /** 10^9 additions and multiplications a second. */
  readonly gigaflops: number;
  readonly tileRows: number;
}

/**
 * The peak of matrix products on one thread: the fastest of many short runs of each register tile, on
 * operands in the first-level cache.
 *
 * @param clock - milliseconds, such as `() => performance.now()`
 * @param options.rounds - runs of each tile, taken in turn; default 200
 */
export async function measurePeak(
  clock: () => number,
  options: { rounds?: number } = {},
): Promise<Peak> {
  const target = { relaxed: detectRelaxedSimd() };
  const candidates = await Promise.all(
    TILE_ROWS.map(async (tileRows) => {
      const memory = new WebAssembly.Memory({
        initial: PEAK_MEMORY.minimum,
        maximum: PEAK_MEMORY.maximum,
      });
      // Ones stay ones: no sum of them overflows or becomes subnormal.
      new Float32Array(memory.buffer).fill(1);
      const { instance } = await WebAssembly.instantiate(printPeak(tileRows, target), {
        env: { memory },
      });
      return { tileRows, run: instance.exports.run as () => void, fastest: Infinity };
    }),
  );
  for (let round = 0; round < (options.rounds ?? 200); round++) {
    for (const candidate of candidates) {
      const start = clock();
      candidate.run();
      candidate.fastest = Math.min(candidate.fastest, clock() - start);
    }
  }
  const rates = candidates.map(({ tileRows, fastest }) => ({
    tileRows,
    gigaflops: peakOperations(tileRows) / fastest / 1e6,
  }));
  return rates.reduce((best, other) => (other.gigaflops > best.gigaflops ? other : best));
}

let known: Promise<number> | undefined;

/** The register tile to use on this machine, measured once. */
export function fastestTile(): Promise<number> {
  // The clock decides between codes that give the same bits: results do not depend on it.
  // eslint-disable-next-line no-restricted-globals
  known ??= measurePeak(() => performance.now()).then(({ tileRows }) => tileRows);
  return known;
}
