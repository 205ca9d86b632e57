/** @file The list of primitive operations, and the functions that apply them. A new primitive is one line in each. */
import { apply, type Operation, type Primitives, type Tensor } from "../tensor.js";
import { absolute } from "./absolute.js";
import { add } from "./add.js";
import { broadcast } from "./broadcast.js";
import { cast } from "./cast.js";
import { constant } from "./constant.js";
import { conv2d, conv2dInputGradient, conv2dKernelGradient } from "./conv2d.js";
import { divide } from "./divide.js";
import { equal } from "./equal.js";
import { erfc } from "./erfc.js";
import { exp } from "./exp.js";
import { expm1 } from "./expm1.js";
import { gatherRows } from "./gatherRows.js";
import { iota } from "./iota.js";
import { less } from "./less.js";
import { log } from "./log.js";
import { matMul } from "./matMul.js";
import { maxPool, maxPoolGradient } from "./maxPool.js";
import { maximum } from "./maximum.js";
import { minimum } from "./minimum.js";
import { multiply } from "./multiply.js";
import { negate } from "./negate.js";
import { randomBits } from "./randomBits.js";
import { reduceMax, reduceSum } from "./reduce.js";
import { reshape } from "./reshape.js";
import { scatterRows } from "./scatterRows.js";
import { select } from "./select.js";
import { sigmoid } from "./sigmoid.js";
import { softplus } from "./softplus.js";
import { sqrt } from "./sqrt.js";
import { stopGradient } from "./stopGradient.js";
import { subtract } from "./subtract.js";
import { sumPool, sumPoolGradient } from "./sumPool.js";
import { tanh } from "./tanh.js";
import { transpose } from "./transpose.js";
import { variable } from "./variable.js";

const unaryOperations = [
  absolute,
  erfc,
  exp,
  expm1,
  log,
  negate,
  sigmoid,
  softplus,
  sqrt,
  tanh,
] as const;
const binaryOperations = [add, divide, maximum, minimum, multiply, subtract] as const;
const comparisons = [equal, less] as const;
const windowOperations = [
  conv2d,
  conv2dInputGradient,
  conv2dKernelGradient,
  maxPool,
  maxPoolGradient,
  sumPool,
  sumPoolGradient,
] as const;

const otherOperations = [
  broadcast,
  cast,
  constant,
  gatherRows,
  iota,
  matMul,
  randomBits,
  reduceMax,
  reduceSum,
  reshape,
  scatterRows,
  select,
  stopGradient,
  transpose,
  variable,
] as const;

/** Names by family, so that a backend's table over a family does not compile with a gap. */
export type UnaryName = (typeof unaryOperations)[number]["name"];
export type BinaryName = (typeof binaryOperations)[number]["name"];
export type ComparisonName = (typeof comparisons)[number]["name"];
export type WindowName = (typeof windowOperations)[number]["name"];
export type PrimitiveName =
  UnaryName | BinaryName | ComparisonName | WindowName | (typeof otherOperations)[number]["name"];

export const operations: readonly Operation[] = [
  ...unaryOperations,
  ...binaryOperations,
  ...comparisons,
  ...windowOperations,
  ...otherOperations,
];

const unary = (op: Operation) => (x: Tensor) => apply(op, [x]);
const binary = (op: Operation) => (a: Tensor, b: Tensor) => apply(op, [a, b]);

export const primitives: Primitives = {
  constant: (value, dtype = "float32") => apply(constant, [], { value, dtype }),
  iota: (shape, axis) => apply(iota, [], { shape, axis }),
  randomBits: (counter, options) => apply(randomBits, [counter], options),
  absolute: unary(absolute),
  erfc: unary(erfc),
  exp: unary(exp),
  expm1: unary(expm1),
  log: unary(log),
  negate: unary(negate),
  sigmoid: unary(sigmoid),
  softplus: unary(softplus),
  sqrt: unary(sqrt),
  stopGradient: unary(stopGradient),
  tanh: unary(tanh),
  cast: (x, dtype) => apply(cast, [x], { dtype }),
  add: binary(add),
  divide: binary(divide),
  equal: binary(equal),
  less: binary(less),
  maximum: binary(maximum),
  minimum: binary(minimum),
  multiply: binary(multiply),
  subtract: binary(subtract),
  select: (condition, whenTrue, whenFalse) => apply(select, [condition, whenTrue, whenFalse]),
  reshape: (x, shape) => apply(reshape, [x], { shape }),
  transpose: (x, permutation) => apply(transpose, [x], { permutation }),
  broadcast: (x, options) => apply(broadcast, [x], options),
  gatherRows: (table, rows) => apply(gatherRows, [table, rows]),
  scatterRows: (x, rows, { size }) => apply(scatterRows, [x, rows], { size }),
  reduceSum: (x, axes) => apply(reduceSum, [x], { axes }),
  reduceMax: (x, axes) => apply(reduceMax, [x], { axes }),
  matMul: (a, b, { transposeA = false, transposeB = false } = {}) =>
    apply(matMul, [a, b], { transposeA, transposeB }),
  conv2d: (x, kernel, windows) => apply(conv2d, [x, kernel], windows),
  conv2dInputGradient: (upstream, kernel, windows) =>
    apply(conv2dInputGradient, [upstream, kernel], windows),
  conv2dKernelGradient: (x, upstream, windows) =>
    apply(conv2dKernelGradient, [x, upstream], windows),
  maxPool: (scores, values, windows) => apply(maxPool, [scores, values], windows),
  maxPoolGradient: (scores, upstream, windows) =>
    apply(maxPoolGradient, [scores, upstream], windows),
  sumPool: (x, windows) => apply(sumPool, [x], windows),
  sumPoolGradient: (upstream, windows) => apply(sumPoolGradient, [upstream], windows),
};
