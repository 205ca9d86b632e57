/**
 * @file The form between graph and machine code: an index space, loads with their strides, one
 * expression, at most one reduction or contraction, stores. Fusion makes it, every backend prints it.
 */
import type {
  BinaryName,
  ComparisonName,
  DType,
  Shape,
  Tensor,
  UnaryName,
  WindowName,
  Windows,
} from "../graph/index.js";
import type { StreamKey } from "../util/index.js";

/** A block of memory that holds one tensor, rows padded as `layout.ts` says. */
export interface Buffer {
  /** "variable", "temporary" or "output", with a name for people. */
  readonly role: "variable" | "temporary" | "output";
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
  /** The variable that lives here. */
  readonly variable?: Tensor;
}

/** A value at a point of the kernel's index space. Shared subexpressions are one object. */
export type Expression =
  | { readonly kind: "constant"; readonly value: number; readonly dtype: DType }
  | LoadExpression
  | { readonly kind: "index"; readonly axis: number }
  | { readonly kind: "random"; readonly key: StreamKey; readonly counter: Expression }
  | {
      readonly kind: "apply";
      readonly name: UnaryName | BinaryName | ComparisonName | "select";
      readonly inputs: readonly Expression[];
      readonly dtype: DType;
      /** dtype of the operands; a comparison's result is bool whatever it compares. */
      readonly operandDType: DType;
    }
  | { readonly kind: "cast"; readonly input: Expression; readonly from: DType; readonly to: DType }
  /** The finished reduction or contraction, in an epilogue. */
  | { readonly kind: "accumulated" };

/** Reads a buffer at base + sum of coordinate * stride (elements), one stride an axis of the space. */
export interface LoadExpression {
  readonly kind: "load";
  readonly buffer: Buffer;
  readonly strides: readonly number[];
  /** Adds rows[coordinate of axis 0] * stride elements: a gather. `rows` is a vector over axis 0. */
  readonly gather?: { readonly rows: Buffer; readonly stride: number };
}

/** Writes an expression's value; strides over the space, in elements, 0 along reduced axes. */
export interface Store {
  readonly buffer: Buffer;
  readonly value: Expression;
  readonly strides: readonly number[];
}

/** One value for each point of the space, which has at least one axis. */
export interface LoopKernel {
  readonly kind: "loop";
  readonly space: Shape;
  readonly stores: readonly Store[];
}

/**
 * Combines `body` over the reduced axes of the space, then stores epilogues over the kept axes. All
 * strides are over the whole space.
 */
export interface ReduceKernel {
  readonly kind: "reduce";
  readonly space: Shape;
  /** Reduced axes of the space, increasing. */
  readonly axes: readonly number[];
  readonly combine: "sum" | "max";
  readonly dtype: DType;
  readonly body: Expression;
  readonly stores: readonly Store[];
}

/** A matrix as a contraction reads it: element (i, k) is at i * outer + k * inner. */
export interface MatrixOperand {
  readonly buffer: Buffer;
  readonly outerStride: number;
  readonly innerStride: number;
  /**
   * Columns of a right-hand matrix lie in panels of a tile's width, one after the other: strides hold
   * for the first column of each, and the others follow it.
   */
  readonly inPanels?: true;
}

/** rows x columns x inner product, then epilogues over [rows, columns]. */
export interface ProductKernel {
  readonly kind: "product";
  readonly space: readonly [number, number];
  readonly inner: number;
  /** outer = row of the result. */
  readonly a: MatrixOperand;
  /** outer = column of the result. */
  readonly b: MatrixOperand;
  readonly stores: readonly Store[];
  /** A system library multiplies it. */
  readonly byLibrary?: true;
}

/** A convolution, a pooling, or a gradient of one, then epilogues over the four axes of its result. */
export interface WindowKernel {
  readonly kind: "window";
  readonly name: WindowName;
  readonly space: Shape;
  /** As the operation takes them. */
  readonly inputs: readonly Buffer[];
  readonly windows: Windows;
  readonly stores: readonly Store[];
}

/** Copies a tensor into another shape, element by element in row-major order. */
export interface CopyKernel {
  readonly kind: "copy";
  readonly source: Buffer;
  /** All of one shape. */
  readonly targets: readonly Buffer[];
}

/** Each row of the targets becomes the sum of all rows of a tensor that have its number, in their order. */
export interface ScatterKernel {
  readonly kind: "scatter";
  readonly source: Buffer;
  /** The number of each row of the source. */
  readonly rows: Buffer;
  /** All of one shape. */
  readonly targets: readonly Buffer[];
}

/** Kernels that move what lies in memory, and evaluate nothing. */
export type MovingKernel = CopyKernel | ScatterKernel;
/** Kernels that evaluate expressions at the points of a space. */
export type SpaceKernel = LoopKernel | ReduceKernel | ProductKernel | WindowKernel;
export type Kernel = SpaceKernel | MovingKernel;

const moves = (kernel: Kernel): kernel is MovingKernel => "targets" in kernel;

/** Every distinct subexpression, operands first. */
export function subexpressions(roots: readonly Expression[]): Expression[] {
  const found = new Set<Expression>();
  const visit = (expression: Expression): void => {
    if (found.has(expression)) return;
    operandsOf(expression).forEach(visit);
    found.add(expression);
  };
  roots.forEach(visit);
  return [...found];
}

export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "apply":
      return expression.inputs;
    case "cast":
      return [expression.input];
    case "random":
      return [expression.counter];
    default:
      return [];
  }
}

/** All expressions that a kernel evaluates. */
export function expressionsOf(kernel: Kernel): Expression[] {
  if (moves(kernel)) return [];
  const roots = kernel.stores.map(({ value }) => value);
  return subexpressions(kernel.kind === "reduce" ? [kernel.body, ...roots] : roots);
}

/** The expressions that a kernel uses more than once. */
export function sharedExpressions(kernel: SpaceKernel): ReadonlySet<Expression> {
  const roots = kernel.stores.map(({ value }) => value);
  const uses = [...roots, ...expressionsOf(kernel).flatMap(operandsOf)];
  const seen = new Set<Expression>();
  return new Set(
    uses.filter((expression) => {
      const isAgain = seen.has(expression);
      seen.add(expression);
      return isAgain;
    }),
  );
}

/** The buffers that a kernel reads. */
export function buffersRead(kernel: Kernel): Set<Buffer> {
  const read = new Set<Buffer>();
  if (moves(kernel)) read.add(kernel.source);
  if (kernel.kind === "scatter") read.add(kernel.rows);
  if (kernel.kind === "product") read.add(kernel.a.buffer).add(kernel.b.buffer);
  if (kernel.kind === "window") kernel.inputs.forEach((buffer) => read.add(buffer));
  for (const expression of expressionsOf(kernel)) {
    if (expression.kind !== "load") continue;
    read.add(expression.buffer);
    if (expression.gather !== undefined) read.add(expression.gather.rows);
  }
  return read;
}

export function buffersWritten(kernel: Kernel): Buffer[] {
  if (moves(kernel)) return [...kernel.targets];
  return kernel.stores.map(({ buffer }) => buffer);
}
