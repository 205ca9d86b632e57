/** @file Short forms for the definitions of elementwise operations, which share all but their formula. */
import { UsageError } from "../util/index.js";
import {
  describeTensor,
  requireDType,
  sameShape,
  sizeOf,
  type DType,
  type Operation,
  type Primitives,
  type SampleDomain,
  type Tensor,
} from "./tensor.js";

const NUMERIC: readonly DType[] = ["float32", "int32"];

/** Throws unless all tensors have one shape and, from the second on, one dtype. */
export function requireAlike(who: string, tensors: readonly Tensor[]): void {
  const [first, ...rest] = tensors;
  for (const other of rest) {
    if (!sameShape(first.shape, other.shape) || first.dtype !== other.dtype) {
      throw new UsageError(
        `${who}: inputs must have one shape and dtype; got ${tensors.map(describeTensor).join(" and ")}. ` +
          "Broadcast or cast one of them.",
      );
    }
  }
}

/** Defines y = f(x), element by element. */
export function defineUnary<const Name extends string>(definition: {
  name: Name;
  /** Which dtypes it takes; float32 alone unless said otherwise. The result has the input's dtype. */
  dtypes?: readonly DType[];
  formula: (x: number) => number;
  gradient: (ops: Primitives, at: { x: Tensor; y: Tensor; upstream: Tensor }) => Tensor | undefined;
  samples: SampleDomain;
}): Operation<Name> {
  const { name, dtypes = ["float32"], formula, gradient, samples } = definition;
  return {
    name,
    kind: "elementwise",
    samples,
    infer: ([x]) => {
      requireDType(name, x, dtypes);
      return { shape: x.shape, dtype: x.dtype };
    },
    gradient: (ops, node, upstream) => [gradient(ops, { x: node.inputs[0], y: node, upstream })],
    // int32 arithmetic wraps, as it does in every backend.
    reference: ([x], node) =>
      x.map(node.dtype === "int32" ? (value) => formula(value) | 0 : (value) => formula(value)),
  };
}

/** Defines y = f(a, b), element by element, for two tensors of one shape and dtype. */
export function defineBinary<const Name extends string>(definition: {
  name: Name;
  dtypes?: readonly DType[];
  formula: (a: number, b: number) => number;
  gradient: (
    ops: Primitives,
    at: { a: Tensor; b: Tensor; y: Tensor; upstream: Tensor },
  ) => readonly [Tensor | undefined, Tensor | undefined];
  samples: SampleDomain;
}): Operation<Name> {
  const { name, dtypes = NUMERIC, formula, gradient, samples } = definition;
  return {
    name,
    kind: "elementwise",
    samples,
    infer: ([a, b]) => {
      requireDType(name, a, dtypes);
      requireAlike(name, [a, b]);
      return { shape: a.shape, dtype: a.dtype };
    },
    gradient: (ops, node, upstream) =>
      gradient(ops, { a: node.inputs[0], b: node.inputs[1], y: node, upstream }),
    reference: ([a, b], node) => {
      // int32 arithmetic wraps, as it does in every backend.
      const exact = (x: number, y: number): number =>
        node.dtype === "int32" ? wrapToInt32(name, x, y, formula) : formula(x, y);
      return a.map((value, index) => exact(value, b[index]));
    },
  };
}

function wrapToInt32(
  name: string,
  a: number,
  b: number,
  formula: (a: number, b: number) => number,
): number {
  return name === "multiply" ? Math.imul(a, b) : formula(a, b) | 0;
}

/** Defines a comparison of two tensors of one shape and dtype; the result is bool, without gradient. */
export function defineComparison<const Name extends string>(definition: {
  name: Name;
  formula: (a: number, b: number) => boolean;
}): Operation<Name> {
  const { name, formula } = definition;
  return {
    name,
    kind: "elementwise",
    samples: { range: [-2, 2], extremes: [0, -0, Infinity, NaN] },
    infer: ([a, b]) => {
      requireDType(name, a, NUMERIC);
      requireAlike(name, [a, b]);
      return { shape: a.shape, dtype: "bool" };
    },
    gradient: () => [undefined, undefined],
    reference: ([a, b]) => a.map((value, index) => Number(formula(value, b[index]))),
  };
}

/** The coordinates of each element of a shape in row-major order, one reused array. */
export function forEachCoordinate(
  shape: readonly number[],
  visit: (coordinate: readonly number[], index: number) => void,
): void {
  const coordinate = shape.map(() => 0);
  const size = sizeOf(shape);
  for (let index = 0; index < size; index++) {
    visit(coordinate, index);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++coordinate[axis] < shape[axis]) break;
      coordinate[axis] = 0;
    }
  }
}

/** Row-major strides, in elements. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = strides[axis + 1] * shape[axis + 1];
  }
  return strides;
}

/** A tensor of the same shape and dtype that holds `value` everywhere. */
export function filledLike(ops: Primitives, x: Tensor, value: number): Tensor {
  return ops.broadcast(ops.constant(value, x.dtype), { shape: x.shape, axes: [] });
}
