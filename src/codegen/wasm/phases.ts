/**
 * @file Divides a program among threads: which kernels they share, in chunks of how many units, and between
 * which kernels they must wait for each other. None of it changes a result, since a unit's result is
 * the same on whichever thread.
 */
import { sizeOf } from "../../graph/index.js";
import {
  buffersRead,
  buffersWritten,
  expressionsOf,
  subexpressions,
  type Buffer,
  type Expression,
  type Kernel,
} from "../kernel.js";
import { byteSize, LANES } from "../layout.js";
import { windowOperations } from "./window/index.js";

/** To load two vectors, add them and store the sum. */
const SUM_WORK = 4;
/** A quarter of Threefry, which makes the random numbers of four vectors. */
const RANDOM_WORK = 12;
/**
 * A program is divided if its divisible kernels come to this many times the least work of one: a third
 * of a millisecond. Shorter ones lose to barriers what they gain, above all on a busy machine.
 */
const WORTH_WAKING = 64;

/** Units are claimed in chunks of at least this work, some 10 microseconds: beside it, a claim is nothing. */
const CHUNK_WORK = 2 ** 16;
/** Short kernels are claimed in smaller ones: so many, that a few threads end at about the same time. */
const FEWEST_CHUNKS = 8;
/** Window kernels pack their weights anew for each chunk, so theirs are larger. */
const WINDOW_CHUNKS = 16;

export interface Step {
  readonly kernel: Kernel;
  readonly units: number;
  /** Units that a thread claims at a time. */
  readonly chunk: number;
  /** All threads share the units; otherwise the first thread does all. */
  readonly isDivided: boolean;
  /** Threads wait for each other before it. */
  readonly waits: boolean;
}

interface Access {
  readonly begin: number;
  readonly end: number;
  readonly writes: boolean;
  readonly isDivided: boolean;
}

/** About how many vector instructions a kernel takes: 32,768 are some 5 microseconds. */
export function kernelWork(kernel: Kernel): number {
  const vectors = (points: number): number => points / LANES;
  if (kernel.kind === "copy") return sizeOf(kernel.source.shape);
  if (kernel.kind === "window") return vectors(windowOperations(kernel));
  if (kernel.kind === "scatter") {
    const [target] = kernel.targets;
    return vectors(sizeOf(target.shape) + SUM_WORK * sizeOf(kernel.source.shape));
  }
  const points = sizeOf(kernel.space);
  if (kernel.kind === "product") {
    return vectors(points) * (kernel.inner + countInstructions(expressionsOf(kernel)));
  }
  if (kernel.kind === "loop") {
    return vectors(points) * (kernel.stores.length + countInstructions(expressionsOf(kernel)));
  }
  return vectors(points) * (1 + countInstructions(subexpressions([kernel.body])));
}

function countInstructions(expressions: readonly Expression[]): number {
  return expressions.reduce((sum, { kind }) => sum + (kind === "random" ? RANDOM_WORK : 1), 0);
}

export interface DivisionOptions {
  /** How many units a kernel can be divided into. */
  readonly unitsOf: (kernel: Kernel) => number;
  /** Kernels of less work are done by the first thread. */
  readonly minimumWork: number;
}

/** The kernels that all threads share. */
export function dividedKernels(
  kernels: readonly Kernel[],
  { unitsOf, minimumWork }: DivisionOptions,
): ReadonlySet<Kernel> {
  const large = kernels.filter(
    (kernel) => unitsOf(kernel) > 1 && kernelWork(kernel) >= minimumWork,
  );
  const work = large.reduce((sum, kernel) => sum + kernelWork(kernel), 0);
  return new Set(work >= WORTH_WAKING * minimumWork ? large : []);
}

/** Plans the steps of a program. */
export function planSteps(
  kernels: readonly Kernel[],
  options: DivisionOptions & { readonly addressOf: (buffer: Buffer) => number },
): Step[] {
  const { unitsOf, addressOf } = options;
  const divided = dividedKernels(kernels, options);
  let sinceBarrier: Access[] = [];
  return kernels.map((kernel) => {
    const isDivided = divided.has(kernel);
    const accesses = accessesOf(kernel, { addressOf, isDivided });
    const waits = accesses.some((access) => sinceBarrier.some((other) => conflict(access, other)));
    sinceBarrier = waits ? accesses : [...sinceBarrier, ...accesses];
    const units = unitsOf(kernel);
    return { kernel, units, chunk: chunkOf(kernel, units), isDivided, waits };
  });
}

function chunkOf(kernel: Kernel, units: number): number {
  const enough = Math.ceil(
    Math.min((CHUNK_WORK * units) / kernelWork(kernel), units / FEWEST_CHUNKS),
  );
  const least = kernel.kind === "window" ? Math.ceil(units / WINDOW_CHUNKS) : 1;
  return Math.min(units, Math.max(enough, least));
}

function accessesOf(
  kernel: Kernel,
  { addressOf, isDivided }: { addressOf: (buffer: Buffer) => number; isDivided: boolean },
): Access[] {
  const access = (buffer: Buffer, writes: boolean): Access => {
    const begin = addressOf(buffer);
    const end = begin + byteSize(buffer.shape, buffer.dtype);
    return { begin, end, writes, isDivided };
  };
  return [
    ...[...buffersRead(kernel)].map((buffer) => access(buffer, false)),
    ...buffersWritten(kernel).map((buffer) => access(buffer, true)),
  ];
}

/**
 * Whether two accesses must not happen at the same time. They are compared by address, since buffers
 * that never live together share memory. What one thread does alone is in order anyway.
 */
function conflict(a: Access, b: Access): boolean {
  const overlap = a.begin < b.end && b.begin < a.end;
  return overlap && (a.writes || b.writes) && (a.isDivided || b.isDivided);
}
