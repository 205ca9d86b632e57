/** @file Measures the most that one thread of this machine can multiply with the engine's own inner loop. */
import { chooseCode, type CodeOptions } from "./code.js";
import { best, prepareMeter, TILES, type Peak } from "./tileMeter.js";
import { findWideCompiler } from "./wideCompiler.js";

/** Measures now: runs of each register tile in turn, of which the fastest counts. */
export type PeakMeter = (rounds: number) => Peak;

/**
 * Compiles a meter for the peak of matrix products on one thread, over operands in the first-level
 * cache, with the instructions that an engine of the same options uses. Its first hundred rounds include
 * V8's own compilation.
 *
 * @param clock - milliseconds, such as `() => performance.now()`
 */
export function preparePeak(clock: () => number, options: CodeOptions = {}): PeakMeter {
  const { bits } = chooseCode(options);
  const compile = bits === 256 ? findWideCompiler() : undefined;
  const meter = prepareMeter(TILES[bits], { clock, compile });
  return (rounds) => best(meter(rounds));
}
