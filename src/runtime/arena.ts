/** @file Places the temporaries of a program in one block: buffers that never live together share bytes. */
import {
  buffersRead,
  buffersWritten,
  byteSize,
  type Buffer,
  type Kernel,
} from "../codegen/index.js";

export interface ArenaPlan {
  /** Offset of each temporary from the beginning of the block, in bytes. */
  readonly offsets: ReadonlyMap<Buffer, number>;
  readonly size: number;
}

interface Lifetime {
  readonly buffer: Buffer;
  readonly bytes: number;
  readonly first: number;
  last: number;
}

/**
 * Plans by decreasing size, each at the lowest offset that no living neighbour holds (first fit).
 *
 * @param times - when each kernel runs, increasing, where several run at the same time; by default one
 *   after the other
 */
export function planArena(
  kernels: readonly Kernel[],
  times: readonly number[] = kernels.map((_, index) => index),
): ArenaPlan {
  const lifetimes = [...findLifetimes(kernels, times).values()];
  const offsets = new Map<Buffer, number>();
  const placed: (Lifetime & { offset: number })[] = [];
  let size = 0;
  for (const lifetime of lifetimes.sort((a, b) => b.bytes - a.bytes || a.first - b.first)) {
    const neighbours = placed
      .filter((other) => other.first <= lifetime.last && lifetime.first <= other.last)
      .sort((a, b) => a.offset - b.offset);
    let offset = 0;
    for (const other of neighbours) {
      if (offset + lifetime.bytes <= other.offset) break;
      offset = Math.max(offset, other.offset + other.bytes);
    }
    placed.push({ ...lifetime, offset });
    offsets.set(lifetime.buffer, offset);
    size = Math.max(size, offset + lifetime.bytes);
  }
  return { offsets, size };
}

function findLifetimes(
  kernels: readonly Kernel[],
  times: readonly number[],
): Map<Buffer, Lifetime> {
  const lifetimes = new Map<Buffer, Lifetime>();
  kernels.forEach((kernel, index) => {
    const time = times[index];
    for (const buffer of [...buffersWritten(kernel), ...buffersRead(kernel)]) {
      if (buffer.role !== "temporary") continue;
      const known = lifetimes.get(buffer);
      if (known !== undefined) known.last = time;
      else
        lifetimes.set(buffer, {
          buffer,
          bytes: byteSize(buffer.shape, buffer.dtype),
          first: time,
          last: time,
        });
    }
  });
  return lifetimes;
}
