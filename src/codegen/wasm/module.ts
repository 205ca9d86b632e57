/** @file Prints a whole program: a function for each kernel, and `run`, which calls them in order. */
import { buffersRead, buffersWritten, type Buffer, type Kernel } from "../kernel.js";
import { ALIGNMENT, elementBytes, rowStride } from "../layout.js";
import { arrange, type Arrangement } from "./arrange.js";
import { encodeModule, FunctionBody, ImportedFunction, type MemoryImport } from "./assembler.js";
import { printBarrier, type BarrierOptions } from "./barrier.js";
import { printCopy } from "./copy.js";
import { loopUnits, printLoop, type Machine } from "./loop.js";
import { planSteps, type Step } from "./phases.js";
import { alone, type PrintedKernel } from "./printed.js";
import { printProduct, productScratch, productUnits } from "./product/index.js";
import { libraryScratch, libraryUnits, MULTIPLY, printLibraryProduct } from "./product/library.js";
import type { TileSize } from "./product/plan.js";
import { printReduce, reduceUnits } from "./reduce.js";
import { printScatter, scatterUnits } from "./scatter.js";
import { printWindow, windowScratch, windowUnits } from "./window/index.js";

/** How a program is divided among threads. */
export interface ThreadOptions extends BarrierOptions {
  /** Kernels of less work, in vector instructions, are done by one thread. */
  readonly minimumWork: number;
  /** Address of `counterSize` bytes, all 0 at first, through which threads share the units of kernels. */
  readonly counters: number;
}

/** Bytes that a program's counters take: each has a cache line of its own. */
export const counterSize = (kernels: readonly Kernel[]): number => kernels.length * ALIGNMENT;

export interface WasmOptions extends Machine {
  /** Address of memory that kernels use while they run: `scratchSize` bytes for each thread. */
  readonly scratch: number;
  readonly memory: MemoryImport;
  readonly tile: TileSize;
  /**
   * Puts what computes pairs of vectors into a module of its own, which can be compiled in another way; default
   * false. The program's module then imports it.
   */
  readonly pairsApart?: boolean;
  /** Without it, one thread runs the whole program. */
  readonly threads?: ThreadOptions | undefined;
}

export interface PrintedModule {
  readonly code: Uint8Array<ArrayBuffer>;
  /** The module of what computes pairs, if that is apart and there is any. */
  readonly pairs: Uint8Array<ArrayBuffer> | undefined;
  /** Whether several threads have work to do; if not, `run(0, 1)` does all of it. */
  readonly isDivided: boolean;
}

const isByLibrary = (kernel: Kernel): boolean =>
  kernel.kind === "product" && kernel.byLibrary === true;

/** How many units of work a kernel can be divided into. */
export function kernelUnits(kernel: Kernel, tile: TileSize): number {
  switch (kernel.kind) {
    case "product":
      return isByLibrary(kernel) ? libraryUnits(kernel) : productUnits(kernel, tile);
    case "window":
      return windowUnits(kernel, tile);
    case "reduce":
      return reduceUnits(kernel);
    case "loop":
      return loopUnits(kernel);
    case "copy":
      return 1;
    case "scatter":
      return scatterUnits(kernel);
  }
}

/**
 * The kernels in the order in which several threads are to run them; see {@link arrange}.
 *
 * @param minimumWork - kernels of less work, in vector instructions, are done by one thread
 */
export function arrangeForThreads(
  kernels: readonly Kernel[],
  { tile, minimumWork }: { readonly tile: TileSize; readonly minimumWork: number },
): Arrangement {
  return arrange(kernels, { unitsOf: (kernel) => kernelUnits(kernel, tile), minimumWork });
}

/** Bytes of scratch memory that the kernels need on each thread. */
export function scratchSize(kernels: readonly Kernel[], tile: TileSize): number {
  const bytesOf = (kernel: Kernel): number => {
    if (kernel.kind === "window") return windowScratch(kernel, tile);
    if (kernel.kind !== "product") return 0;
    return isByLibrary(kernel) ? libraryScratch(kernel) : productScratch(kernel, tile);
  };
  const most = Math.max(0, ...kernels.map(bytesOf));
  return Math.ceil(most / ALIGNMENT) * ALIGNMENT;
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

/**
 * Prints the module. It exports `run(thread, threads)`, which all threads call at the same time; when it
 * returns on thread 0, the whole program has run. With kernels marked by `handOver`, it imports `multiply`;
 * with pairs apart, all that their module exports.
 */
export function printModule(kernels: readonly Kernel[], options: WasmOptions): PrintedModule {
  const { threads, tile, addressOf } = options;
  const steps = planSteps(kernels, {
    addressOf,
    unitsOf: (kernel) => kernelUnits(kernel, tile),
    minimumWork: threads?.minimumWork ?? Infinity,
  });
  const isDivided = steps.some((step) => step.isDivided);
  const printed = kernels.map((kernel, position) =>
    printKernel(kernel, `${kernel.kind}_${position}`, options),
  );
  const mains = printed.map(({ main }) => main);
  const pairs = printed.flatMap((one) => one.pairs);
  const apart = options.pairsApart === true && pairs.length > 0;
  const functions: (FunctionBody | ImportedFunction)[] = [
    ...(kernels.some(isByLibrary) ? [MULTIPLY] : []),
    ...(apart ? pairs.map((one) => new ImportedFunction(one.name, one.parameterTypes)) : pairs),
    ...printed.flatMap(({ others }) => others),
    ...mains,
  ];
  const scratch = { address: options.scratch, bytes: scratchSize(kernels, tile) };
  const calls = { mains, scratch };
  if (threads !== undefined && isDivided) {
    const { sleep, barrier } = printBarrier(threads);
    const { counters } = threads;
    functions.push(sleep, barrier, printThreads(steps, { ...calls, barrier, counters }));
  } else functions.push(printSequence(steps, calls));
  const encode = (list: typeof functions): PrintedModule["code"] =>
    encodeModule(list, options.memory);
  return { code: encode(functions), pairs: apart ? encode(pairs) : undefined, isDivided };
}

const usesScratch = ({ kind }: Kernel): boolean => kind === "product" || kind === "window";

interface CallOptions {
  /** Each step's function. */
  readonly mains: readonly FunctionBody[];
  readonly scratch: { readonly address: number; readonly bytes: number };
}

const newRun = (): FunctionBody => new FunctionBody("run", ["i32", "i32"]);

function printSequence(steps: readonly Step[], { mains, scratch }: CallOptions): FunctionBody {
  const run = newRun();
  steps.forEach(({ kernel, units }, i) => {
    run.i32(0).i32(units);
    if (usesScratch(kernel)) run.i32(scratch.address);
    run.call(mains[i]);
  });
  return run;
}

/**
 * Threads claim the units of a kernel chunk by chunk, so that one that is kept from working for a while
 * does less, and the others do not wait for it.
 */
function printThreads(
  steps: readonly Step[],
  {
    mains,
    scratch,
    barrier,
    counters,
  }: CallOptions & { readonly barrier: FunctionBody; readonly counters: number },
): FunctionBody {
  const run = newRun();
  const [thread, threads] = run.parameters;
  const mine = run.local("i32");
  const begin = run.local("i32");
  run.get(thread).i32(scratch.bytes).op("i32.mul").i32(scratch.address).op("i32.add").set(mine);
  const counterOf = (i: number): number => counters + i * ALIGNMENT;
  const isLeft = (units: number): FunctionBody => run.get(begin).i32(units).op("i32.lt_u");
  steps.forEach(({ kernel, units, chunk, isDivided, waits }, i) => {
    if (waits) run.get(threads).i32(1).call(barrier);
    const callKernel = (): void => {
      if (usesScratch(kernel)) run.get(mine);
      run.call(mains[i]);
    };
    if (!isDivided) {
      run.get(thread).op("i32.eqz");
      run.when(() => {
        run.i32(0).i32(units);
        callKernel();
      });
      return;
    }
    run.loopWhile(() => {
      run.i32(0).i32(chunk).memory("i32.atomic.rmw.add", counterOf(i)).set(begin);
      isLeft(units).when(() => {
        run.get(begin);
        if (units % chunk === 0) run.get(begin).i32(chunk).op("i32.add");
        else {
          // The last chunk has what is left.
          run.get(begin).i32(chunk).op("i32.add").i32(units);
          isLeft(units - chunk).op("select");
        }
        callKernel();
      });
      isLeft(units);
    });
  });
  // Only thread 0 waits for the end: the others are free to wait for the next run.
  run.get(threads).get(thread).op("i32.eqz").call(barrier);
  // Nobody claims any more, and nobody claims again before the next run.
  run.get(thread).op("i32.eqz");
  run.when(() => {
    steps.forEach(({ isDivided }, i) => {
      if (isDivided) run.i32(0).i32(0).memory("i32.atomic.store", counterOf(i));
    });
  });
  return run;
}

/** A kernel's functions, of which the main one is to be called with a range of units. */
function printKernel(kernel: Kernel, name: string, options: WasmOptions): PrintedKernel {
  switch (kernel.kind) {
    case "product":
      if (isByLibrary(kernel)) return printLibraryProduct(kernel, name, options);
      return printProduct(kernel, name, options);
    case "window":
      return printWindow(kernel, name, options);
    case "reduce":
      return alone(printReduce(kernel, name, options));
    case "loop":
      return alone(printLoop(kernel, name, options));
    case "copy":
      return alone(printCopy(kernel, name, options));
    case "scatter":
      return alone(printScatter(kernel, name, options));
  }
}
