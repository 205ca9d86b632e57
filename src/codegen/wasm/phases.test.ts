import { describe, expect, it } from "vitest";
import type { Windows } from "../../graph/index.js";
import type { Buffer, Kernel, LoopKernel } from "../kernel.js";
import { byteSize } from "../layout.js";
import { kernelWork, planSteps } from "./phases.js";

const SIZE = byteSize([64], "float32");

function buffer(name: string): Buffer {
  return { role: "temporary", name, shape: [64], dtype: "float32" };
}

function loop(from: Buffer, to: Buffer): LoopKernel {
  const value = { kind: "load", buffer: from, strides: [1] } as const;
  return { kind: "loop", space: [64], stores: [{ buffer: to, value, strides: [1] }] };
}

const [a, b, c, d] = ["a", "b", "c", "d"].map(buffer);

/** Which of the kernels wait, with the buffers at these slots of memory. */
function waits(
  kernels: readonly Kernel[],
  { slots = [0, 1, 2, 3], units = 16 }: { slots?: readonly number[]; units?: number } = {},
): boolean[] {
  const addressOf = (of: Buffer): number => slots[[a, b, c, d].indexOf(of)] * SIZE;
  const steps = planSteps(kernels, { addressOf, unitsOf: () => units, minimumWork: 0 });
  return steps.map((step) => step.waits);
}

describe("threads wait before a kernel", () => {
  it("that reads what was written since they last waited, and only then", () => {
    expect(waits([loop(a, b), loop(b, c), loop(b, d)])).toEqual([false, true, false]);
  });

  it("that writes what was read, or written", () => {
    expect(waits([loop(a, b), loop(c, a)])).toEqual([false, true]);
    expect(waits([loop(a, b), loop(c, b)])).toEqual([false, true]);
  });

  it("not where kernels only read the same, or touch nothing in common", () => {
    expect(waits([loop(a, b), loop(a, c), loop(a, d)])).toEqual([false, false, false]);
    expect(waits([loop(a, b), loop(c, d)])).toEqual([false, false]);
  });

  it("whose buffer lies where another one was", () => {
    expect(waits([loop(a, b), loop(c, d)], { slots: [0, 1, 2, 1] })).toEqual([false, true]);
    expect(waits([loop(a, b), loop(c, d)], { slots: [0, 1, 2, 0.5] })).toEqual([false, true]);
  });

  it("not between kernels that the first thread does alone", () => {
    expect(waits([loop(a, b), loop(b, c), loop(c, a)], { units: 1 })).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe("threads claim a kernel's units", () => {
  const chunkOf = (kernel: Kernel, units: number): number => {
    const options = { addressOf: () => 0, unitsOf: () => units, minimumWork: 0 };
    return planSteps([kernel], options)[0].chunk;
  };
  const ofLoop = (rows: number, columns: number): number =>
    chunkOf({ kind: "loop", stores: loop(a, b).stores, space: [rows, columns] }, rows);
  const ofPool = (images: number, size: number): number => {
    const shape = [images, size, size, 1];
    const windows: Windows = {
      size: [1, 1],
      strides: [1, 1],
      dilation: [1, 1],
      padding: [0, 0, 0, 0],
    };
    const inputs = [{ ...a, shape }];
    return chunkOf(
      { kind: "window", name: "maxPool", space: shape, inputs, windows, stores: [] },
      images,
    );
  };

  it("one by one where each is work enough, else several, at most an eighth, at a time", () => {
    expect(ofLoop(100, 2 ** 17)).toBe(1);
    expect(ofLoop(100, 2 ** 16)).toBe(2);
    expect(ofLoop(100, 2 ** 14)).toBe(8);
    expect(ofLoop(100, 16)).toBe(13);
  });

  it("of windows in a few large chunks, as each chunk packs the weights", () => {
    expect(ofPool(160, 2 ** 10)).toBe(10);
    expect(ofPool(8, 2 ** 10)).toBe(1);
  });
});

describe("a kernel is divided", () => {
  const divided = (minimumWork: number): boolean[] =>
    planSteps(
      Array.from({ length: 64 }, () => loop(a, b)),
      {
        addressOf: () => 0,
        unitsOf: () => 16,
        minimumWork,
      },
    ).map(({ isDivided }) => isDivided);

  it("if it has enough work, in a program that has", () => {
    const work = kernelWork(loop(a, b));
    expect(divided(work)).toEqual(Array(64).fill(true));
    expect(divided(work + 1)).toEqual(Array(64).fill(false));
    expect(
      planSteps([loop(a, b)], { addressOf: () => 0, unitsOf: () => 16, minimumWork: work }),
    ).toMatchObject([{ isDivided: false }]);
  });
});
