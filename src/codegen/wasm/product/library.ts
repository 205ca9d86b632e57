/**
 * @file Prints matrix products that a system library multiplies: panel by panel, each finished by its
 * epilogue while it is cached. Panels depend on shapes alone: a library's sums differ with the shape
 * of what it is given, and must not differ with the number of threads.
 */
import { sizeOf } from "../../../graph/index.js";
import type { Kernel, MatrixOperand, ProductKernel } from "../../kernel.js";
import { FunctionBody, ImportedFunction } from "../assembler.js";
import type { Machine } from "../loop.js";
import { Nest } from "../nest.js";
import type { PrintedKernel } from "../printed.js";
import { Epilogues } from "./epilogue.js";
import { directStore } from "./direct.js";
import { BYTES, type Segment } from "./plan.js";
import { overUnits } from "../units.js";

/**
 * What the module then imports: C = A B, of float32 in row-major order. Addresses are in bytes from the
 * beginning of the memory; a matrix that is transposed lies so in memory.
 */
export const MULTIPLY = new ImportedFunction(
  "multiply",
  // transposeA, transposeB, rows, columns, inner, then address and row stride of A, B and C
  Array.from({ length: 11 }, () => "i32" as const),
);

/** Rows or columns of a panel, about: a wide result's panel stays in a usual second-level cache. */
const PANEL = 128;
/** Panels begin on cache lines, and fill the registers of a library's inner loop. */
const BLOCK = 16;

const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

/** A result that a library computes is stored and loaded once more: about as many multiplications. */
const RESULT_COST = 16;

/** The kernels, with those products marked in which a library saves `minimum` multiplications or more. */
export function handOver(kernels: readonly Kernel[], minimum: number): Kernel[] {
  return kernels.map((kernel) => {
    if (kernel.kind !== "product") return kernel;
    const saved = sizeOf(kernel.space) * (kernel.inner - RESULT_COST);
    return saved < minimum ? kernel : { ...kernel, byLibrary: true };
  });
}

interface LibraryPlan {
  /** The longer axis of the result is cut into panels. */
  readonly axis: 0 | 1;
  readonly panels: readonly Segment[];
  /** Bytes from row to row of a panel that waits for its epilogue. */
  readonly stripRow: number;
  readonly stripBytes: number;
}

/** A power of two of panels, so that most numbers of threads have equal shares. */
function cut(length: number): Segment[] {
  const blocks = Math.ceil(length / BLOCK);
  const count = Math.min(blocks, 2 ** Math.max(0, Math.round(Math.log2(length / PANEL))));
  const low = Math.floor(blocks / count);
  const high = blocks - low * count;
  const last = length - (high * (low + 1) + (count - high - 1) * low) * BLOCK;
  return [
    { size: (low + 1) * BLOCK, count: high },
    { size: low * BLOCK, count: count - high - 1 },
    { size: last, count: 1 },
  ].filter((segment) => segment.count > 0);
}

function planLibraryProduct({ space }: ProductKernel): LibraryPlan {
  const [rows, columns] = space;
  const axis = columns > rows ? 1 : 0;
  const panels = cut(space[axis]);
  const largest = panels[0].size;
  const stripRow = roundUp(axis === 0 ? columns : largest, BLOCK) * BYTES;
  return { axis, panels, stripRow, stripBytes: (axis === 0 ? largest : rows) * stripRow };
}

/** Panels are the units of work. */
export function libraryUnits(kernel: ProductKernel): number {
  return planLibraryProduct(kernel).panels.reduce((sum, { count }) => sum + count, 0);
}

/** Bytes in which a panel waits for its epilogue. */
export function libraryScratch(kernel: ProductKernel): number {
  return directStore(kernel) === undefined ? planLibraryProduct(kernel).stripBytes : 0;
}

/** As any product is printed. */
export function printLibraryProduct(
  kernel: ProductKernel,
  name: string,
  machine: Machine,
): PrintedKernel {
  const main = new FunctionBody(name, ["i32", "i32", "i32"]);
  const nest = new Nest(main, kernel.space, machine.addressOf);
  const { axis, panels, stripRow } = planLibraryProduct(kernel);
  const direct = directStore(kernel);
  if (direct !== undefined) nest.declare(direct);
  const epilogues = new Epilogues(kernel, name, machine);
  const scratch = main.parameters[2];
  const emitOperand = (operand: MatrixOperand, along: 0 | 1): void => {
    const base = machine.addressOf(operand.buffer);
    if (along !== axis) main.i32(base);
    else {
      main
        .get(nest.counter(axis))
        .i32(operand.outerStride * BYTES)
        .op("i32.mul")
        .i32(base)
        .op("i32.add");
    }
    main.i32(operand.innerStride === 1 ? operand.outerStride : operand.innerStride);
  };
  overUnits(nest, { axis, segments: panels }, (size) => {
    const [rows, columns] = axis === 0 ? [size, kernel.space[1]] : [kernel.space[0], size];
    main.i32(kernel.a.innerStride === 1 ? 0 : 1).i32(kernel.b.innerStride === 1 ? 1 : 0);
    main.i32(rows).i32(columns).i32(kernel.inner);
    emitOperand(kernel.a, 0);
    emitOperand(kernel.b, 1);
    if (direct === undefined) main.get(scratch).i32(stripRow / BYTES);
    else {
      main.get(nest.pointer(direct)).i32(machine.addressOf(direct.buffer)).op("i32.add");
      main.i32(direct.strides[0]);
    }
    main.call(MULTIPLY);
    if (direct !== undefined) return;
    main.get(nest.counter(axis)).get(scratch);
    main.call(epilogues.of({ outer: axis, size, row: stripRow }));
  });
  const { pairs, others } = epilogues;
  return { main, pairs, others };
}
