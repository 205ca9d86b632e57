/** @file Each primitive as ONNX nodes: the table that makes any network of primitives exportable. */
import {
  stridesOf,
  windowsOf,
  type BroadcastAttributes,
  type CastAttributes,
  type ConstantAttributes,
  type IotaAttributes,
  type MatMulAttributes,
  type PrimitiveName,
  type ReduceAttributes,
  type Tensor,
  type TransposeAttributes,
} from "../../../graph/index.js";
import { UsageError } from "../../../util/index.js";
import type { Builder, OpenShape, RowSize } from "./builder.js";
import { ELEMENT_TYPES } from "./messages.js";

/** A node, the names of its inputs, and the sizes of its result. */
export interface EmittedNode {
  readonly node: Tensor;
  readonly inputs: readonly string[];
  readonly shape: OpenShape;
}

type Emit = (builder: Builder, emitted: EmittedNode) => string;

const same =
  (op: string): Emit =>
  (builder, { inputs }) =>
    builder.node(op, inputs);

const refuse =
  (name: string): Emit =>
  () => {
    throw new UsageError(
      `ONNX: ${name} must not be needed for inference; it is, and has no export.`,
    );
  };

const isOpen = (size: number | RowSize): size is RowSize => typeof size !== "number";

/** A whole constant of int32 that counts along one axis, repeated along the rows where they are open. */
const iota: Emit = (builder, { node, shape }) => {
  const { axis } = node.attributes as IotaAttributes;
  if (isOpen(shape[axis])) return refuse("the number of a row")(builder, {} as EmittedNode);
  const fixed = shape.map((size) => (isOpen(size) ? 1 : size));
  const length = fixed.reduce((product, size) => product * size, 1);
  const stride = stridesOf(fixed)[axis];
  const values = Int32Array.from({ length }, (_, i) => Math.floor(i / stride) % fixed[axis]);
  const constant = builder.constant({ shape: fixed, type: "int32", values });
  return shape.some(isOpen) ? builder.node("Expand", [constant, builder.shape(shape)]) : constant;
};

/** Sizes of 1 are put in for the axes that are repeated; then the tensor is expanded. */
const broadcast: Emit = (builder, { node, inputs, shape }) => {
  const { axes } = node.attributes as BroadcastAttributes;
  const aligned = shape.map((size, axis) => (axes.includes(axis) ? size : 1));
  const reshaped = builder.node("Reshape", [inputs[0], builder.shape(aligned)]);
  return builder.node("Expand", [reshaped, builder.shape(shape)]);
};

const constant: Emit = (builder, { node }) => {
  const { value, dtype } = node.attributes as ConstantAttributes;
  const values =
    dtype === "float32"
      ? Float32Array.of(value)
      : dtype === "int32"
        ? Int32Array.of(value)
        : Uint8Array.of(value);
  return builder.constant({ shape: [], type: dtype, values });
};

const matMul: Emit = (builder, { node, inputs: [a, b] }) => {
  const { transposeA, transposeB } = node.attributes as MatMulAttributes;
  const turned = (name: string, isTurned: boolean): string =>
    isTurned ? builder.node("Transpose", [name], { perm: [1, 0] }) : name;
  return builder.node("MatMul", [turned(a, transposeA), turned(b, transposeB)]);
};

const FIRST = [0, 3, 1, 2];
const LAST = [0, 2, 3, 1];
/** ONNX has channels before height and width. */
const channelsFirst = (builder: Builder, name: string): string =>
  builder.node("Transpose", [name], { perm: FIRST });
const channelsLast = (builder: Builder, name: string): string =>
  builder.node("Transpose", [name], { perm: LAST });

function windowAttributes(node: Tensor) {
  const { strides, dilation, padding } = windowsOf(node);
  const [top, bottom, left, right] = padding;
  return { strides, dilations: dilation, pads: [top, left, bottom, right] };
}

const conv2d: Emit = (builder, { node, inputs: [x, kernel] }) => {
  const turned = builder.node("Transpose", [kernel], { perm: [3, 2, 0, 1] });
  const result = builder.node("Conv", [channelsFirst(builder, x), turned], windowAttributes(node));
  return channelsLast(builder, result);
};

const maxPool: Emit = (builder, emitted) => {
  const { node, inputs } = emitted;
  if (inputs[0] !== inputs[1]) return refuse("maxPool of two tensors")(builder, emitted);
  const attributes = { ...windowAttributes(node), kernel_shape: windowsOf(node).size };
  const pooled = builder.node("MaxPool", [channelsFirst(builder, inputs[0])], attributes);
  return channelsLast(builder, pooled);
};

/** ONNX has no sum: it is the mean of whole windows, times their size. */
const sumPool: Emit = (builder, { node, inputs: [x] }) => {
  const { size } = windowsOf(node);
  const { strides, pads } = windowAttributes(node);
  const attributes = { strides, pads, kernel_shape: size, count_include_pad: 1 };
  const mean = builder.node("AveragePool", [channelsFirst(builder, x)], attributes);
  const area = Float32Array.of(size[0] * size[1]);
  const factor = builder.constant({ shape: [], type: "float32", values: area });
  return channelsLast(builder, builder.node("Mul", [mean, factor]));
};

const one = (builder: Builder): string =>
  builder.constant({ shape: [], type: "float32", values: Float32Array.of(1) });

/** exp(x) - 1; ONNX has nothing more exact near 0. */
const expm1: Emit = (builder, { inputs: [x] }) =>
  builder.node("Sub", [builder.node("Exp", [x]), one(builder)]);

/** 1 - erf(x); ONNX has nothing more exact for large x. */
const erfc: Emit = (builder, { inputs: [x] }) =>
  builder.node("Sub", [one(builder), builder.node("Erf", [x])]);

const table = {
  absolute: same("Abs"),
  exp: same("Exp"),
  expm1,
  erfc,
  softplus: same("Softplus"),
  log: same("Log"),
  negate: same("Neg"),
  sigmoid: same("Sigmoid"),
  sqrt: same("Sqrt"),
  tanh: same("Tanh"),
  stopGradient: same("Identity"),
  cast: (builder, { node, inputs }) =>
    builder.node("Cast", inputs, { to: ELEMENT_TYPES[(node.attributes as CastAttributes).dtype] }),
  add: same("Add"),
  divide: same("Div"),
  maximum: same("Max"),
  minimum: same("Min"),
  multiply: same("Mul"),
  subtract: same("Sub"),
  equal: same("Equal"),
  less: same("Less"),
  select: same("Where"),
  constant,
  iota,
  broadcast,
  reshape: (builder, { inputs, shape }) =>
    builder.node("Reshape", [inputs[0], builder.shape(shape)]),
  transpose: (builder, { node, inputs }) =>
    builder.node("Transpose", inputs, {
      perm: (node.attributes as TransposeAttributes).permutation,
    }),
  gatherRows: (builder, { inputs }) => builder.node("Gather", inputs, { axis: 0 }),
  reduceSum: (builder, { node, inputs: [x] }) => {
    const { axes } = node.attributes as ReduceAttributes;
    return builder.node("ReduceSum", [x, builder.integers(axes)], { keepdims: 0 });
  },
  reduceMax: (builder, { node, inputs }) => {
    const { axes } = node.attributes as ReduceAttributes;
    return builder.node("ReduceMax", inputs, { axes, keepdims: 0 });
  },
  matMul,
  conv2d,
  maxPool,
  sumPool,
  conv2dInputGradient: refuse("conv2dInputGradient"),
  conv2dKernelGradient: refuse("conv2dKernelGradient"),
  maxPoolGradient: refuse("maxPoolGradient"),
  sumPoolGradient: refuse("sumPoolGradient"),
  scatterRows: refuse("scatterRows"),
  randomBits: refuse("randomBits"),
} as const satisfies Readonly<Record<Exclude<PrimitiveName, "variable">, Emit>>;

/** Adds the nodes of a primitive and gives the name of its result. */
export function emitNode(builder: Builder, emitted: EmittedNode): string {
  return table[emitted.node.op.name as keyof typeof table](builder, emitted);
}
