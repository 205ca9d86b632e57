import { describe, expect, it } from "vitest";
import type { Buffer, Kernel, LoopKernel } from "../kernel.js";
import { arrange } from "./arrange.js";

const buffer = (name: string, size = 64): Buffer => ({
  role: "temporary",
  name,
  shape: [size],
  dtype: "float32",
});

function loop(from: Buffer, to: Buffer): LoopKernel {
  const value = { kind: "load", buffer: from, strides: [1] } as const;
  return { kind: "loop", space: from.shape, stores: [{ buffer: to, value, strides: [1] }] };
}

const [a, b, c, d, e] = ["a", "b", "c", "d", "e"].map((name) => buffer(name));
const large = buffer("large", 2 ** 18);

/** Where each of the kernels goes, by its place among them, and in which level. */
function places(kernels: readonly Kernel[], alone: readonly Kernel[] = []): [number, number][] {
  const unitsOf = (kernel: Kernel): number => (alone.includes(kernel) ? 1 : 16);
  const arranged = arrange(kernels, { unitsOf, minimumWork: 0 });
  return arranged.kernels.map((kernel, i) => [kernels.indexOf(kernel), arranged.levels[i]]);
}

describe("kernels are arranged for threads", () => {
  it("so that each stands in the first level after all that it needs", () => {
    expect(places([loop(a, b), loop(b, c), loop(a, d), loop(d, e)])).toEqual([
      [0, 0],
      [2, 0],
      [1, 1],
      [3, 1],
    ]);
  });

  it("so that none overwrites what an earlier one reads or writes", () => {
    expect(places([loop(a, b), loop(c, a), loop(d, b)])).toEqual([
      [0, 0],
      [1, 1],
      [2, 1],
    ]);
    expect(places([loop(a, b), loop(b, c), loop(d, b)])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
  });

  it("so that what one thread does alone comes first in a level, and takes no level of its own", () => {
    const [first, second] = [loop(b, c), loop(c, d)];
    expect(places([loop(a, e), first, second], [first, second])).toEqual([
      [1, 0],
      [2, 0],
      [0, 0],
    ]);
  });

  it("so that large results are not made before what stands in front of them", () => {
    const isEarly = places([loop(a, b), loop(b, c), loop(large, buffer("small"))]);
    expect(isEarly.at(-1)).toEqual([1, 1]);
    const isLate = places([loop(a, b), loop(b, c), loop(large, buffer("wide", 2 ** 18))]);
    expect(isLate.at(-1)).toEqual([2, 1]);
  });
});
