import { describe, expect, it } from "vitest";
import type { Buffer, Kernel } from "../kernel.js";
import { byteSize } from "../layout.js";
import { kernelWork, planSteps } from "./phases.js";

const SIZE = byteSize([64], "float32");

function buffer(name: string): Buffer {
  return { role: "temporary", name, shape: [64], dtype: "float32" };
}

function loop(from: Buffer, to: Buffer): Kernel {
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

describe("a kernel is divided", () => {
  const divided = (minimumWork: number): boolean[] =>
    planSteps(
      [...Array(20).keys()].map(() => loop(a, b)),
      {
        addressOf: () => 0,
        unitsOf: () => 16,
        minimumWork,
      },
    ).map(({ isDivided }) => isDivided);

  it("if it has enough work, in a program that has", () => {
    const work = kernelWork(loop(a, b));
    expect(divided(work)).toEqual(Array(20).fill(true));
    expect(divided(work + 1)).toEqual(Array(20).fill(false));
    expect(
      planSteps([loop(a, b)], { addressOf: () => 0, unitsOf: () => 16, minimumWork: work }),
    ).toMatchObject([{ isDivided: false }]);
  });
});
