/**
 * @file Arranges a program's kernels for threads: in levels, within which no thread waits for another. What
 * a kernel needs stands in earlier levels, or is done by the same thread before it.
 */
import { buffersRead, buffersWritten, type Buffer, type Kernel } from "../kernel.js";
import { byteSize } from "../layout.js";
import { dividedKernels, type DivisionOptions } from "./phases.js";

/** Larger results are made where they are used, not earlier: they would take memory in between. */
const LARGEST_EARLY = 2 ** 20;

export interface Arrangement {
  readonly kernels: readonly Kernel[];
  /** The level of each kernel: what lives in one must not share memory with another that does. */
  readonly levels: readonly number[];
}

export function arrange(kernels: readonly Kernel[], options: DivisionOptions): Arrangement {
  const divided = dividedKernels(kernels, options);
  const levels = levelsOf(kernels, divided);
  const entries = kernels.map((kernel, index) => {
    // First what one thread does alone, so that the others take more of what follows.
    return { kernel, index, level: levels[index], turn: divided.has(kernel) ? 1 : 0 };
  });
  entries.sort((a, b) => a.level - b.level || a.turn - b.turn || a.index - b.index);
  return {
    kernels: entries.map(({ kernel }) => kernel),
    levels: entries.map(({ level }) => level),
  };
}

function levelsOf(kernels: readonly Kernel[], divided: ReadonlySet<Kernel>): number[] {
  const writers = new Map<Buffer, number>();
  const readers = new Map<Buffer, number[]>();
  const levels: number[] = [];
  kernels.forEach((kernel, index) => {
    const read = [...buffersRead(kernel)];
    const written = buffersWritten(kernel);
    const before = [
      ...[...read, ...written].map((buffer) => writers.get(buffer) ?? []),
      ...written.map((buffer) => readers.get(buffer) ?? []),
    ].flat();
    const after = (earlier: number): number =>
      levels[earlier] + (divided.has(kernel) || divided.has(kernels[earlier]) ? 1 : 0);
    const isLarge = written.some(({ shape, dtype }) => byteSize(shape, dtype) > LARGEST_EARLY);
    levels.push(Math.max(isLarge ? (levels.at(-1) ?? 0) : 0, ...before.map(after)));
    for (const buffer of read) readers.set(buffer, [...(readers.get(buffer) ?? []), index]);
    for (const buffer of written) {
      writers.set(buffer, index);
      readers.delete(buffer);
    }
  });
  return levels;
}
