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

/** Measures now: runs of each register tile in turn, of which the fastest counts. */
export type PeakMeter = (rounds: number) => Peak;

/** Compiles a meter of each register tile. */
async function prepareTiles(clock: () => number): Promise<(rounds: number) => Peak[]> {
  const target = { relaxed: detectRelaxedSimd() };
  const candidates = await Promise.all(
    TILE_ROWS.map(async (tileRows) => {
      const { minimum, maximum } = PEAK_MEMORY;
      const memory = new WebAssembly.Memory({ initial: minimum, maximum });
      // Ones stay ones: no sum of them overflows or becomes subnormal.
      new Float32Array(memory.buffer).fill(1);
      const code = printPeak(tileRows, target);
      const { instance } = await WebAssembly.instantiate(code, { env: { memory } });
      return { tileRows, run: instance.exports.run as () => void };
    }),
  );
  return (rounds) => {
    const fastest = candidates.map(() => Infinity);
    for (let round = 0; round < rounds; round++) {
      candidates.forEach(({ run }, i) => {
        const start = clock();
        run();
        fastest[i] = Math.min(fastest[i], clock() - start);
      });
    }
    return candidates.map(({ tileRows }, i) => ({
      tileRows,
      gigaflops: peakOperations(tileRows) / fastest[i] / 1e6,
    }));
  };
}

const best = (rates: readonly Peak[]): Peak =>
  rates.reduce((one, other) => (other.gigaflops > one.gigaflops ? other : one));

/**
 * Compiles a meter for the peak of matrix products on one thread, over operands in the first-level
 * cache. Its first hundred rounds include V8's own compilation.
 *
 * @param clock - milliseconds, such as `() => performance.now()`
 */
export async function preparePeak(clock: () => number): Promise<PeakMeter> {
  const meter = await prepareTiles(clock);
  return (rounds) => best(meter(rounds));
}

/** Rounds after which compilation is over and the fastest run is stable. */
const ENOUGH_ROUNDS = 200;
/** A tile of more rows loads less for each product: it wins unless it is slower than by chance. */
const TOLERANCE = 0.95;
let known: Promise<number> | undefined;

async function measureTile(): Promise<number> {
  // The clock decides between codes that give the same bits: results do not depend on it.
  // eslint-disable-next-line no-restricted-globals
  const rates = (await prepareTiles(() => performance.now()))(ENOUGH_ROUNDS);
  const enough = TOLERANCE * best(rates).gigaflops;
  const fitting = rates.filter(({ gigaflops }) => gigaflops >= enough);
  return Math.max(...fitting.map(({ tileRows }) => tileRows));
}

/** The register tile to use on this machine, measured once. */
export function fastestTile(): Promise<number> {
  return (known ??= measureTile());
}
