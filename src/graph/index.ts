/** @file Public face of graph. */
export * as ops from "./functions.js";
export { broadcastTo, type Operand, variable } from "./functions.js";
export { gradients } from "./gradients.js";
export {
  operations,
  primitives,
  type BinaryName,
  type ComparisonName,
  type PrimitiveName,
  type UnaryName,
  type WindowName,
} from "./ops/index.js";
export type { BroadcastAttributes } from "./ops/broadcast.js";
export type { CastAttributes } from "./ops/cast.js";
export type { ConstantAttributes } from "./ops/constant.js";
export type { IotaAttributes } from "./ops/iota.js";
export { matMulSizes, type MatMulAttributes } from "./ops/matMul.js";
export { RANDOM_GROUP, type RandomBitsAttributes } from "./ops/randomBits.js";
export { keptAxes, type ReduceAttributes } from "./ops/reduce.js";
export type { ReshapeAttributes } from "./ops/reshape.js";
export type { TransposeAttributes } from "./ops/transpose.js";
export {
  isVariable,
  type Variable,
  type VariableAttributes,
  type VariablePurpose,
} from "./ops/variable.js";
export { printGraph } from "./print.js";
export { optimize } from "./rewrite/optimize.js";
export { attributesKey } from "./rewrite/shareSubexpressions.js";
export { substitute } from "./rewrite/substitute.js";
export { verify } from "./verify.js";
export type { Padding, WindowOptions } from "./images.js";
export { countWindows, imageSize, paddedSize, samePadding, windowsOf } from "./windows.js";
export { stridesOf } from "./define.js";
export {
  describeTensor,
  sameShape,
  sizeOf,
  topologicalOrder,
  type DType,
  type Operation,
  type OperationKind,
  type Primitives,
  type SampleDomain,
  type Shape,
  type Tensor,
  type Windows,
  type WindowsOver,
} from "./tensor.js";
