/**
 * @file The tensor: an immutable node of the program graph; what an operation has to declare; and the
 * signatures of the primitives, in which gradients are written.
 */
import { InternalError, UsageError, type StreamKey } from "../util/index.js";

export type DType = "float32" | "int32" | "uint8" | "bool";
export type Shape = readonly number[];

/** A node: the result of one operation on other nodes. Its shape is static. */
export interface Tensor<Attributes extends object = object> {
  readonly op: Operation;
  readonly inputs: readonly Tensor[];
  readonly attributes: Attributes;
  readonly shape: Shape;
  readonly dtype: DType;
}

/**
 * How the compiler may treat an operation: `source` has no inputs, `elementwise` maps element to
 * element of one shape, `view` only moves elements, `gather` and `scatter` move rows by number,
 * `reduction` and `contraction` combine elements: a reduction along axes, a contraction (a product, a
 * convolution, pooling) in a way of its own.
 */
export type OperationKind =
  "source" | "elementwise" | "view" | "gather" | "scatter" | "reduction" | "contraction";

/** Where a test should look: the interval of ordinary inputs, and the points that need care. */
export interface SampleDomain {
  readonly range: readonly [number, number];
  /** Points where the derivative jumps; there the gradient is a convention, stated in the op's file. */
  readonly kinks?: readonly number[];
  /** Inputs at which a careless kernel overflows, loses all digits or returns NaN. */
  readonly extremes?: readonly number[];
}

export interface Operation<Name extends string = string> {
  readonly name: Name;
  readonly kind: OperationKind;
  /** The shape and dtype of the result; throws a UsageError if the inputs do not fit. */
  readonly infer: (
    inputs: readonly Tensor[],
    attributes: object,
  ) => Pick<Tensor, "shape" | "dtype">;
  /**
   * The gradient with respect to each input, given that of the result, as tensors (so that second
   * derivatives come free). `undefined` where nothing flows. Absent: the op is not differentiable.
   */
  readonly gradient?: (
    ops: Primitives,
    node: Tensor,
    upstream: Tensor,
  ) => readonly (Tensor | undefined)[];
  /** The float64 judge: row-major values in, row-major values out; bool is 0 or 1. */
  readonly reference: (inputs: readonly Float64Array[], node: Tensor) => Float64Array;
  readonly samples?: SampleDomain;
}

/** How windows slide over images. Pairs are height, then width. */
export interface Windows {
  readonly size: readonly [number, number];
  /** From one window to the next. */
  readonly strides: readonly [number, number];
  /** From one element of a window to the next. */
  readonly dilation: readonly [number, number];
  /** Elements around the image that are not there: top, bottom, left, right. */
  readonly padding: readonly [number, number, number, number];
}

/** Windows over images of a known size, for operations that give images. */
export interface WindowsOver extends Windows {
  readonly inputSize: readonly [number, number];
}

/** The primitives. Shapes and dtypes must agree exactly; `functions.ts` broadcasts and lifts numbers. */
export interface Primitives {
  constant(value: number, dtype?: DType): Tensor;
  iota(shape: Shape, axis: number): Tensor;
  randomBits(counter: Tensor, options: { shape: Shape; key: StreamKey }): Tensor;

  negate(x: Tensor): Tensor;
  absolute(x: Tensor): Tensor;
  erfc(x: Tensor): Tensor;
  exp(x: Tensor): Tensor;
  expm1(x: Tensor): Tensor;
  log(x: Tensor): Tensor;
  sqrt(x: Tensor): Tensor;
  tanh(x: Tensor): Tensor;
  sigmoid(x: Tensor): Tensor;
  softplus(x: Tensor): Tensor;
  stopGradient(x: Tensor): Tensor;
  cast(x: Tensor, dtype: DType): Tensor;

  add(a: Tensor, b: Tensor): Tensor;
  subtract(a: Tensor, b: Tensor): Tensor;
  multiply(a: Tensor, b: Tensor): Tensor;
  divide(a: Tensor, b: Tensor): Tensor;
  maximum(a: Tensor, b: Tensor): Tensor;
  minimum(a: Tensor, b: Tensor): Tensor;
  equal(a: Tensor, b: Tensor): Tensor;
  less(a: Tensor, b: Tensor): Tensor;
  select(condition: Tensor, whenTrue: Tensor, whenFalse: Tensor): Tensor;

  reshape(x: Tensor, shape: Shape): Tensor;
  transpose(x: Tensor, permutation: readonly number[]): Tensor;
  /** Axis i of `x` becomes axis `axes[i]` of the result; `axes` increase. */
  broadcast(x: Tensor, options: { shape: Shape; axes: readonly number[] }): Tensor;
  gatherRows(table: Tensor, rows: Tensor): Tensor;
  /** The sum of all rows of `x` that have a number, for each number below `size`. */
  scatterRows(x: Tensor, rows: Tensor, options: { size: number }): Tensor;

  /** Sums over the axes and drops them. */
  reduceSum(x: Tensor, axes: readonly number[]): Tensor;
  reduceMax(x: Tensor, axes: readonly number[]): Tensor;
  matMul(a: Tensor, b: Tensor, options?: { transposeA?: boolean; transposeB?: boolean }): Tensor;

  conv2d(x: Tensor, kernel: Tensor, windows: Windows): Tensor;
  conv2dInputGradient(upstream: Tensor, kernel: Tensor, windows: WindowsOver): Tensor;
  conv2dKernelGradient(x: Tensor, upstream: Tensor, windows: Windows): Tensor;
  /** The value at the first largest score of each window; maxPool(x, x) is the ordinary maximum. */
  maxPool(scores: Tensor, values: Tensor, windows: Windows): Tensor;
  maxPoolGradient(scores: Tensor, upstream: Tensor, windows: Windows): Tensor;
  sumPool(x: Tensor, windows: Windows): Tensor;
  sumPoolGradient(upstream: Tensor, windows: WindowsOver): Tensor;
}

/** Makes the node that applies `op`; the only place where nodes come into being. */
export function apply(op: Operation, inputs: readonly Tensor[], attributes: object = {}): Tensor {
  const own = frozenCopy(attributes);
  const { shape, dtype } = op.infer(inputs, own);
  return Object.freeze({
    op,
    inputs: Object.freeze([...inputs]),
    attributes: own,
    shape: Object.freeze([...shape]),
    dtype,
  });
}

/** Copied, so that a caller who changes an array after handing it in does not change the node. */
function frozenCopy(attributes: object): object {
  const copies = Object.entries(attributes).map(([name, value]: [string, unknown]) => [
    name,
    Array.isArray(value) ? Object.freeze([...(value as unknown[])]) : value,
  ]);
  return Object.freeze(Object.fromEntries(copies)) as object;
}

/** Number of elements of a shape; 1 for a scalar's []. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** "[32, 784] float32", for messages. */
export function describeTensor(tensor: Pick<Tensor, "shape" | "dtype">): string {
  return `[${tensor.shape.join(", ")}] ${tensor.dtype}`;
}

/** Throws unless the dtype is one of those allowed. */
export function requireDType(who: string, tensor: Tensor, allowed: readonly DType[]): void {
  if (!allowed.includes(tensor.dtype)) {
    throw new UsageError(
      `${who}: input must be ${allowed.join(" or ")}; got ${describeTensor(tensor)}. Convert it with cast.`,
    );
  }
}

/** Throws unless all sizes are whole numbers of at least 1: there are no empty tensors. */
export function requireSizes(who: string, shape: Shape): void {
  if (shape.some((size) => !Number.isInteger(size) || size < 1)) {
    throw new UsageError(
      `${who}: sizes must be whole numbers of at least 1; got [${shape.join(", ")}].`,
    );
  }
}

/** All nodes that the roots need, every node after its inputs. */
export function topologicalOrder(roots: readonly Tensor[]): Tensor[] {
  const order: Tensor[] = [];
  const state = new Map<Tensor, "open" | "done">();
  const stack: { readonly node: Tensor; next: number }[] = [];
  const open = (node: Tensor): void => {
    state.set(node, "open");
    stack.push({ node, next: 0 });
  };
  for (const root of roots) {
    if (!state.has(root)) open(root);
    for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
      const { node } = frame;
      if (frame.next < node.inputs.length) {
        const input = node.inputs[frame.next++];
        const known = state.get(input);
        if (known === "open") throw new InternalError("The graph has a cycle.");
        if (known === undefined) open(input);
      } else {
        state.set(node, "done");
        order.push(node);
        stack.pop();
      }
    }
  }
  return order;
}
