/** @file The functions that networks are written in: primitives with broadcasting and numbers, and compositions. */
import { UsageError } from "../util/index.js";
import { primitives } from "./ops/index.js";
import type { Variable, VariablePurpose } from "./ops/variable.js";
import { variable as variableOperation } from "./ops/variable.js";
import { apply, describeTensor, sameShape, type DType, type Shape, type Tensor } from "./tensor.js";

export { averagePool2d, conv2d, maxPool2d } from "./images.js";

/** A number where a tensor is expected stands for a constant of the other operand's dtype. */
export type Operand = Tensor | number;

/** Declares a variable. It holds zeros until a value is written. */
export function variable(options: {
  name: string;
  shape: Shape;
  dtype?: DType;
  purpose?: VariablePurpose;
}): Variable {
  return apply(variableOperation, [], { dtype: "float32", ...options }) as Variable;
}

/** The shape that several shapes broadcast to: aligned at the last axis, size 1 stretches (NumPy's rule). */
export function broadcastShapes(who: string, shapes: readonly Shape[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    const size = Math.max(...sizes);
    if (sizes.some((other) => other !== size && other !== 1)) {
      const list = shapes.map((shape) => `[${shape.join(", ")}]`).join(" and ");
      throw new UsageError(
        `${who}: shapes must be equal, or 1, axis by axis from the last; got ${list}.`,
      );
    }
    return size;
  });
}

/** Repeats `x` to a shape, by NumPy's rule. */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  if (!sameShape(broadcastShapes("broadcastTo", [x.shape, shape]), shape)) {
    throw new UsageError(
      `broadcastTo: the shape must be one that the input stretches to; got ${describeTensor(x)} ` +
        `to [${shape.join(", ")}].`,
    );
  }
  const offset = shape.length - x.shape.length;
  const axes = x.shape.map((_, axis) => axis + offset);
  const kept = axes.filter((axis, i) => x.shape[i] === shape[axis]);
  const squeezed = primitives.reshape(
    x,
    kept.map((axis) => shape[axis]),
  );
  return primitives.broadcast(kept.length === x.shape.length ? x : squeezed, { shape, axes: kept });
}

function lift(operands: readonly Operand[]): Tensor[] {
  const dtype = operands.find((operand) => typeof operand !== "number")?.dtype ?? "float32";
  return operands.map((operand) =>
    typeof operand === "number" ? primitives.constant(operand, dtype) : operand,
  );
}

function align(who: string, operands: readonly Operand[]): Tensor[] {
  const tensors = lift(operands);
  const shape = broadcastShapes(
    who,
    tensors.map((tensor) => tensor.shape),
  );
  return tensors.map((tensor) => broadcastTo(tensor, shape));
}

type BinaryPrimitive =
  "add" | "subtract" | "multiply" | "divide" | "maximum" | "minimum" | "equal" | "less";

const broadcasting =
  (name: BinaryPrimitive) =>
  (a: Operand, b: Operand): Tensor => {
    const [left, right] = align(name, [a, b]);
    return primitives[name](left, right);
  };

export const add = broadcasting("add");
export const subtract = broadcasting("subtract");
export const multiply = broadcasting("multiply");
export const divide = broadcasting("divide");
export const maximum = broadcasting("maximum");
export const minimum = broadcasting("minimum");
export const equal = broadcasting("equal");
export const less = broadcasting("less");
export const greater = (a: Operand, b: Operand): Tensor => less(b, a);

/** `whenTrue` where `condition` (bool) holds, else `whenFalse`; all three broadcast. */
export function select(condition: Tensor, whenTrue: Operand, whenFalse: Operand): Tensor {
  const branches = lift([whenTrue, whenFalse]);
  const shape = broadcastShapes(
    "select",
    [condition, ...branches].map((tensor) => tensor.shape),
  );
  const [a, b] = branches.map((branch) => broadcastTo(branch, shape));
  return primitives.select(broadcastTo(condition, shape), a, b);
}

export const {
  absolute,
  cast,
  constant,
  erfc,
  exp,
  expm1,
  gatherRows,
  iota,
  log,
  matMul,
  negate,
  randomBits,
  reshape,
  sigmoid,
  softplus,
  sqrt,
  stopGradient,
  tanh,
  transpose,
} = primitives;

/** max(x, 0), with the derivative 0 at 0; NaN stays NaN. */
export const relu = (x: Tensor): Tensor => maximum(x, 0);
export const square = (x: Tensor): Tensor => primitives.multiply(x, x);

/** Axes counted from the end when negative; all axes when none are given. */
function resolveAxes(x: Tensor, axes: readonly number[] | undefined): number[] {
  return (axes ?? x.shape.map((_, axis) => axis)).map((axis) =>
    axis < 0 ? axis + x.shape.length : axis,
  );
}

/** The sum over some axes (all by default), which are dropped. */
export function sum(x: Tensor, axes?: readonly number[]): Tensor {
  const resolved = resolveAxes(x, axes);
  return resolved.length === 0 ? x : primitives.reduceSum(x, resolved);
}

/** The largest element over some axes (all by default), which are dropped. */
export function max(x: Tensor, axes?: readonly number[]): Tensor {
  const resolved = resolveAxes(x, axes);
  return resolved.length === 0 ? x : primitives.reduceMax(x, resolved);
}

/** The mean over some axes (all by default), which are dropped. */
export function mean(x: Tensor, axes?: readonly number[]): Tensor {
  const count = resolveAxes(x, axes).reduce((product, axis) => product * x.shape[axis], 1);
  return multiply(sum(x, axes), 1 / count);
}

/** Adds an axis of size 1 at the end, so that a result over the last axis broadcasts against its input. */
export function keepLast(x: Tensor): Tensor {
  return primitives.reshape(x, [...x.shape, 1]);
}

/**
 * Position of the first maximum along the last axis, as int32; shape without that axis. Where an
 * element is NaN, the axis' size, which is no position: such a prediction equals no label.
 */
export function argMax(x: Tensor): Tensor {
  const last = x.shape.length - 1;
  const size = x.shape[last];
  const isMaximum = equal(x, keepLast(max(x, [-1])));
  // The first maximum has the largest distance from the end.
  const fromEnd = subtract(size, primitives.iota(x.shape, last));
  return subtract(size, max(select(isMaximum, fromEnd, 0), [-1]));
}
