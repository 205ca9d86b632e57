import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byteSize, type Buffer, type Kernel } from "../codegen/index.js";
import { planArena } from "./arena.js";

/** A chain of kernels over temporaries of given sizes, each reading some earlier ones. */
function chain(steps: readonly { size: number; reads: readonly number[] }[]): {
  kernels: Kernel[];
  buffers: Buffer[];
} {
  const buffers: Buffer[] = steps.map(({ size }, i) => ({
    role: "temporary",
    name: `t${i}`,
    shape: [size],
    dtype: "float32",
  }));
  const kernels = steps.map(({ size, reads }, i): Kernel => {
    const sources = reads.map((read) => buffers[read % Math.max(1, i)]).filter(() => i > 0);
    const loads = sources.map((buffer) => ({ kind: "load", buffer, strides: [1] }) as const);
    const value = {
      kind: "apply",
      name: "add",
      inputs: loads,
      dtype: "float32",
      operandDType: "float32",
    } as const;
    return { kind: "loop", space: [size], stores: [{ buffer: buffers[i], value, strides: [1] }] };
  });
  return { kernels, buffers };
}

const steps = fc.array(
  fc.record({
    size: fc.integer({ min: 1, max: 500 }),
    reads: fc.array(fc.nat(20), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 12 },
);

/** First and last kernel that touches a buffer, found independently of the planner. */
function lifetime(kernels: readonly Kernel[], buffer: Buffer): [number, number] {
  const touching = kernels.flatMap((kernel, time) =>
    kernel.kind === "loop" &&
    kernel.stores.some(
      (store) =>
        store.buffer === buffer ||
        (store.value.kind === "apply" &&
          store.value.inputs.some((input) => input.kind === "load" && input.buffer === buffer)),
    )
      ? [time]
      : [],
  );
  return [Math.min(...touching), Math.max(...touching)];
}

describe("planArena", () => {
  it("gives no byte to two buffers that live at the same time", () => {
    fc.assert(
      fc.property(steps, (given) => {
        const { kernels, buffers } = chain(given);
        const { offsets, size } = planArena(kernels);
        const placed = buffers.map((buffer) => {
          const begin = offsets.get(buffer) ?? Number.NaN;
          const [first, last] = lifetime(kernels, buffer);
          return { begin, end: begin + byteSize(buffer.shape, buffer.dtype), first, last };
        });
        for (const [i, a] of placed.entries()) {
          expect(a.end).toBeLessThanOrEqual(size);
          for (const b of placed.slice(i + 1)) {
            const together = a.first <= b.last && b.first <= a.last;
            if (together) expect(a.end <= b.begin || b.end <= a.begin).toBe(true);
          }
        }
      }),
    );
  });

  it("lets buffers that live one after the other share their bytes", () => {
    const { kernels } = chain(
      Array.from({ length: 10 }, (_, i) => ({ size: 100, reads: [i - 1] })),
    );
    expect(planArena(kernels).size).toBe(2 * byteSize([100], "float32"));
  });
});
