/** @file Prints expressions as vector code, four elements at a time. */
import type { BinaryName, ComparisonName, DType } from "../../graph/index.js";
import { InternalError, type StreamKey } from "../../util/index.js";
import { operandsOf, type Buffer, type Expression, type LoadExpression } from "../kernel.js";
import { elementBytes } from "../layout.js";
import type { FunctionBody, Local } from "./assembler.js";
import { unaryFloat, type Target } from "./math.js";
import type { Nest } from "./nest.js";
import type { Opcode } from "./opcodes.js";
import { emitRandomPart, type RandomWords } from "./random.js";

interface Pair {
  readonly float32: Opcode;
  readonly int32: Opcode;
}

const binary: Readonly<Record<Exclude<BinaryName, "divide">, Pair>> = {
  add: { float32: "f32x4.add", int32: "i32x4.add" },
  maximum: { float32: "f32x4.max", int32: "i32x4.max_s" },
  minimum: { float32: "f32x4.min", int32: "i32x4.min_s" },
  multiply: { float32: "f32x4.mul", int32: "i32x4.mul" },
  subtract: { float32: "f32x4.sub", int32: "i32x4.sub" },
};

const comparison: Readonly<Record<ComparisonName, Pair>> = {
  equal: { float32: "f32x4.eq", int32: "i32x4.eq" },
  less: { float32: "f32x4.lt", int32: "i32x4.lt_s" },
};

const bothTypes: Readonly<Record<string, Pair>> = { ...binary, ...comparison };

const ALL_BITS = -1;

/** What stays the same while one kernel is printed. */
export interface PrintContext {
  readonly body: FunctionBody;
  readonly nest: Nest;
  readonly target: Target;
  readonly addressOf: (buffer: Buffer) => number;
  readonly addressOfKey: (key: StreamKey) => number;
  /** The axis along which the four lanes lie. */
  readonly laneAxis: number;
  readonly randomWords: ReadonlyMap<Expression, RandomWords>;
  /** What is used more than once. */
  readonly shared: ReadonlySet<Expression>;
  /** Leaves the vector of the finished reduction on the stack. */
  readonly emitAccumulated?: ((vector: number) => void) | undefined;
}

/** The values already computed at this point of the code, held in locals. */
export type Known = Map<Expression, Local>;

/** Whether a value differs from lane to lane, or from one vector to the next. */
export function variesAlong(axis: number, expression: Expression): boolean {
  switch (expression.kind) {
    case "constant":
      return false;
    case "load":
      return expression.strides[axis] !== 0;
    case "index":
      return expression.axis === axis;
    case "random":
    case "accumulated":
      return true;
    default:
      return operandsOf(expression).some((operand) => variesAlong(axis, operand));
  }
}

/**
 * Leaves the value of an expression on the stack. It is remembered if it is used again, since code that
 * computes an expression twice in one place would be wasted.
 *
 * @param at.vector - which vector after the pointers' position, along the lane axis
 * @param at.single - reads one element instead of four, where four would not be allowed
 */
export function emit(
  context: PrintContext,
  expression: Expression,
  at: { known: Known; vector: number; single?: boolean },
): void {
  const { body } = context;
  const known = at.known.get(expression);
  if (known !== undefined) {
    body.get(known);
    return;
  }
  emitNew(context, expression, at);
  if (expression.kind === "constant" || !context.shared.has(expression)) return;
  const local = body.local("v128");
  body.tee(local);
  at.known.set(expression, local);
}

/** Computes an expression now, and remembers it. */
export function compute(
  context: PrintContext,
  expression: Expression,
  at: { known: Known; vector: number; single?: boolean },
): void {
  if (at.known.has(expression)) return;
  emitNew(context, expression, at);
  const local = context.body.local("v128");
  context.body.set(local);
  at.known.set(expression, local);
}

function emitNew(
  context: PrintContext,
  expression: Expression,
  at: { known: Known; vector: number; single?: boolean },
): void {
  const { body } = context;
  switch (expression.kind) {
    case "constant":
      emitConstant(body, expression);
      return;
    case "load":
      emitLoad(context, expression, at);
      return;
    case "index":
      emitIndex(context, expression.axis, at.vector);
      return;
    case "random": {
      const words = context.randomWords.get(expression);
      if (words === undefined) throw new InternalError("Random bits outside a plain loop.");
      emitRandomPart(body, words, at.vector);
      return;
    }
    case "accumulated":
      if (context.emitAccumulated === undefined)
        throw new InternalError("Nothing is accumulated here.");
      context.emitAccumulated(at.vector);
      return;
    case "cast":
      emit(context, expression.input, at);
      emitCast(body, expression.from, expression.to);
      return;
    case "apply":
      emitApply(context, expression, at);
  }
}

function emitConstant(body: FunctionBody, { value, dtype }: { value: number; dtype: DType }): void {
  if (dtype === "float32") body.splatF32(value);
  else body.splatI32(dtype === "bool" && value !== 0 ? ALL_BITS : value);
}

function emitApply(
  context: PrintContext,
  expression: Extract<Expression, { kind: "apply" }>,
  at: { known: Known; vector: number; single?: boolean },
): void {
  const { body, target } = context;
  const { name, inputs, operandDType } = expression;
  if (name === "select") {
    const [condition, whenTrue, whenFalse] = inputs;
    for (const operand of [whenTrue, whenFalse, condition]) emit(context, operand, at);
    body.op("v128.bitselect");
    return;
  }
  for (const operand of inputs) emit(context, operand, at);
  if (name === "divide") body.op("f32x4.div");
  else if (name in bothTypes)
    body.op(bothTypes[name][operandDType === "float32" ? "float32" : "int32"]);
  else if (operandDType === "int32" && name === "negate") body.op("i32x4.neg");
  else unaryFloat[name as keyof typeof unaryFloat](body, target);
}

function emitCast(body: FunctionBody, from: DType, to: DType): void {
  if (from === "bool") {
    // A mask of all ones keeps the bits of 1 in the wanted type.
    if (to === "float32") body.splatF32(1);
    else body.splatI32(1);
    body.op("v128.and");
  } else if (from === "float32" && to === "int32") body.op("i32x4.trunc_sat_f32x4_s");
  else if (from !== "float32" && to === "float32") body.op("f32x4.convert_i32x4_s");
}

function emitIndex({ body, nest, laneAxis }: PrintContext, axis: number, vector: number): void {
  body.get(nest.counter(axis)).op("i32x4.splat");
  if (axis === laneAxis)
    body
      .vectorI32([0, 1, 2, 3].map((lane) => lane + 4 * vector) as [number, number, number, number])
      .op("i32x4.add");
}

/** Loads four neighbours, four equal copies, or four elements a stride apart. */
function emitLoad(
  { body, nest, addressOf, laneAxis }: PrintContext,
  load: LoadExpression,
  at: { vector: number; single?: boolean },
): void {
  const bytes = elementBytes(load.buffer.dtype);
  const stride = load.strides[laneAxis] * bytes;
  const base = addressOf(load.buffer) + at.vector * 4 * stride;
  const pointer = nest.pointer(load);
  if (bytes === 1) emitByteLoad(body, { pointer, base, stride, single: at.single === true });
  else if (stride === 0 || at.single === true) body.get(pointer).memory("v128.load32_splat", base);
  else if (stride === bytes) body.get(pointer).memory("v128.load", base);
  else {
    body.get(pointer).memory("v128.load32_zero", base);
    const value = body.local("v128");
    body.set(value);
    for (let lane = 1; lane < 4; lane++) {
      body
        .get(pointer)
        .get(value)
        .memoryLane("v128.load32_lane", { offset: base + lane * stride, lane })
        .set(value);
    }
    body.get(value);
  }
}

function emitByteLoad(
  body: FunctionBody,
  {
    pointer,
    base,
    stride,
    single,
  }: { pointer: Local; base: number; stride: number; single: boolean },
): void {
  if (stride === 1 && !single) {
    body.get(pointer).memory("v128.load32_zero", base);
    body.op("i16x8.extend_low_i8x16_u").op("i32x4.extend_low_i16x8_u");
    return;
  }
  body.get(pointer).memory("i32.load8_u", base).op("i32x4.splat");
  if (stride === 0 || single) return;
  for (let lane = 1; lane < 4; lane++) {
    body
      .get(pointer)
      .memory("i32.load8_u", base + lane * stride)
      .lane("i32x4.replace_lane", lane);
  }
}

/** Stores the vector on the stack; needs the pointer pushed before the value by `emitStoreAddress`. */
export function emitStore(
  { body, nest, addressOf }: PrintContext,
  buffer: Buffer,
  at: { strides: readonly number[]; vector: number; single: boolean; value: Local },
): void {
  const bytes = elementBytes(buffer.dtype);
  const base = addressOf(buffer) + at.vector * 4 * bytes;
  body.get(nest.pointer({ buffer, strides: at.strides })).get(at.value);
  if (bytes === 1) {
    const lanes = at.single ? 1 : 4;
    body.lane("i32x4.extract_lane", 0).memory("i32.store8", base);
    for (let lane = 1; lane < lanes; lane++) {
      body.get(nest.pointer({ buffer, strides: at.strides })).get(at.value);
      body.lane("i32x4.extract_lane", lane).memory("i32.store8", base + lane);
    }
  } else if (at.single) body.memoryLane("v128.store32_lane", { offset: base, lane: 0 });
  else body.memory("v128.store", base);
}
