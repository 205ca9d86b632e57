/** @file Prints a whole program: a function for each kernel, and `run`, which calls them in order. */
import { buffersRead, buffersWritten, type Buffer, type Kernel } from "../kernel.js";
import { elementBytes, rowStride } from "../layout.js";
import { encodeModule, FunctionBody, type MemoryImport } from "./assembler.js";
import { printCopy } from "./copy.js";
import { printLoop, type Machine } from "./loop.js";
import { printProduct, productScratch, productUnits } from "./product/index.js";
import { printReduce, reduceUnits } from "./reduce.js";
import { printWindow, windowScratch, windowUnits } from "./window/index.js";

export interface WasmOptions extends Machine {
  /** Address of memory that kernels use while they run; `scratchSize` bytes. */
  readonly scratch: number;
  readonly memory: MemoryImport;
  /** Rows of the register tile of matrix products. */
  readonly tileRows: number;
}

/** How many units of work a kernel can be divided into. */
export function kernelUnits(kernel: Kernel, tileRows: number): number {
  switch (kernel.kind) {
    case "product":
      return productUnits(kernel, tileRows);
    case "window":
      return windowUnits(kernel);
    case "reduce":
      return reduceUnits(kernel);
    case "loop":
      return kernel.space.length > 1 ? kernel.space[0] : 1;
    case "copy":
      return 1;
  }
}

/** Bytes of scratch memory that the kernels need. */
export function scratchSize(kernels: readonly Kernel[], tileRows: number): number {
  const bytesOf = (kernel: Kernel): number => {
    if (kernel.kind === "window") return windowScratch(kernel);
    return kernel.kind === "product" ? productScratch(kernel, tileRows) : 0;
  };
  return Math.max(0, ...kernels.map(bytesOf));
}

/**
 * Bytes past its end from which a kernel may read, though it never uses them: the lanes of a strided
 * load past the last element, at most three rows on.
 */
export function readAhead(kernels: readonly Kernel[]): number {
  const buffers = kernels.flatMap((kernel) => [...buffersRead(kernel), ...buffersWritten(kernel)]);
  const rowBytes = ({ shape, dtype }: Buffer): number =>
    rowStride(shape, dtype) * elementBytes(dtype);
  return 4 * Math.max(16, ...buffers.map(rowBytes));
}

/** Prints the module. `run` takes no arguments and runs every kernel over all its units. */
export function printModule(
  kernels: readonly Kernel[],
  options: WasmOptions,
): Uint8Array<ArrayBuffer> {
  const functions: FunctionBody[] = [];
  const run = new FunctionBody("run", []);
  kernels.forEach((kernel, position) => {
    const index = printKernel(functions, kernel, {
      ...options,
      name: `${kernel.kind}_${position}`,
    });
    run.i32(0).i32(kernelUnits(kernel, options.tileRows));
    if (kernel.kind === "window") run.i32(options.scratch);
    run.call(index);
  });
  return encodeModule([...functions, run], options.memory);
}

/** Appends a kernel's functions and returns the index of the one to call with a range of units. */
function printKernel(
  functions: FunctionBody[],
  kernel: Kernel,
  options: WasmOptions & { name: string },
): number {
  switch (kernel.kind) {
    case "product": {
      const { tiles, main } = printProduct(kernel, options.name, {
        ...options,
        firstIndex: functions.length,
      });
      functions.push(...tiles, main);
      break;
    }
    case "window": {
      const { tiles, main } = printWindow(kernel, options.name, {
        ...options,
        firstIndex: functions.length,
      });
      functions.push(...tiles, main);
      break;
    }
    case "reduce":
      functions.push(printReduce(kernel, options.name, options));
      break;
    case "loop":
      functions.push(printLoop(kernel, options.name, options));
      break;
    case "copy":
      functions.push(printCopy(kernel, options.name, options));
  }
  return functions.length - 1;
}
