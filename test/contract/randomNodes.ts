/** @file The ways in which a random graph grows by one operation, with the interval and error of the result. */
import { ops, primitives, sizeOf, type Shape, type Tensor } from "../../src/graph/index.js";
import { unaryFormulas } from "./formulas.js";
import {
  addVariable,
  choose,
  isFloat,
  isNumber,
  partnerOf,
  pick,
  repeat,
  ROUNDING,
  sizeOfEntry,
  variableLike,
  type Entry,
  type Growth,
  type Pool,
} from "./randomPool.js";
import { convolution, pooling } from "./randomWindows.js";

/** What a transcendental kernel may lose, relative. */
const APPROXIMATION = 1e-5;
const LARGEST_TENSOR = 300;

const OF_ANY_SIGN = ["tanh", "sigmoid", "softplus", "erfc", "expm1", "exp"] as const;
const NEEDS_POSITIVE = ["log", "sqrt"] as const;

/** All of them rise, or fall, everywhere, and are steepest at an end or at 0. */
function monotone(x: Entry, name: (typeof OF_ANY_SIGN | typeof NEEDS_POSITIVE)[number]): Entry {
  const { value, slope } = unaryFormulas[name];
  const ends = [x.low, x.high];
  const steepest = Math.max(...[...ends, ...(x.low < 0 ? [0] : [])].map(slope).map(Math.abs));
  const [low, high] = ends.map(value).sort((a, b) => a - b);
  const size = Math.max(Math.abs(low), Math.abs(high));
  const error = x.error * steepest + size * APPROXIMATION;
  return { tensor: primitives[name](x.tensor), low, high, error };
}

const smooth: Growth = (pool) => {
  const x = pick(pool, (entry) => isFloat(entry) && entry.high <= 3);
  return x && monotone(x, choose(pool.stream, OF_ANY_SIGN));
};

/** |x| + 1/2, so that logarithms, roots and quotients are well conditioned. */
function positive(x: Entry): Entry {
  const tensor = ops.add(ops.absolute(x.tensor), 0.5);
  const high = sizeOfEntry(x) + 0.5;
  return { tensor, low: 0.5, high, error: x.error + high * ROUNDING };
}

const ofPositive: Growth = (pool) => {
  const x = pick(pool, isFloat);
  return x && monotone(positive(x), choose(pool.stream, NEEDS_POSITIVE));
};

const signChange: Growth = (pool) => {
  const x = pick(pool, isNumber);
  if (x === undefined) return undefined;
  if (isFloat(x) && pool.stream.below(2) === 0) {
    return { ...x, tensor: ops.absolute(x.tensor), low: 0, high: sizeOfEntry(x) };
  }
  return { ...x, tensor: ops.negate(x.tensor), low: -x.high, high: -x.low };
};

const stopped: Growth = (pool) => {
  const x = pick(pool, isNumber);
  return x && { ...x, tensor: ops.stopGradient(x.tensor) };
};

const sum: Growth = (pool) => {
  const a = pick(pool, isNumber);
  if (a === undefined) return undefined;
  const b = partnerOf(pool, a);
  const plus = pool.stream.below(2) === 0;
  const tensor = plus ? ops.add(a.tensor, b.tensor) : ops.subtract(a.tensor, b.tensor);
  const low = a.low + (plus ? b.low : -b.high);
  const high = a.high + (plus ? b.high : -b.low);
  return rounded(tensor, [low, high], a.error + b.error);
};

const product: Growth = (pool) => {
  const a = pick(pool, isNumber);
  if (a === undefined) return undefined;
  const b = partnerOf(pool, a);
  const corners = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
  const error = a.error * sizeOfEntry(b) + b.error * sizeOfEntry(a);
  return rounded(ops.multiply(a.tensor, b.tensor), corners, error);
};

const quotient: Growth = (pool) => {
  const a = pick(pool, isFloat);
  if (a === undefined) return undefined;
  const b = positive(partnerOf(pool, a));
  const size = sizeOfEntry(a) / b.low;
  const error = (a.error + size * b.error) / b.low;
  return rounded(ops.divide(a.tensor, b.tensor), [-size, size], error);
};

/** A result within the given points, one rounding further from the judge than its inputs. */
function rounded(tensor: Tensor, points: readonly number[], error: number): Entry {
  const [low, high] = [Math.min(...points), Math.max(...points)];
  const rounding = tensor.dtype === "float32" ? Math.max(-low, high) * ROUNDING : 0;
  return { tensor, low, high, error: error + rounding };
}

const extreme: Growth = (pool) => {
  const a = pick(pool, isNumber);
  if (a === undefined) return undefined;
  const b = partnerOf(pool, a);
  const [low, high] = [Math.min(a.low, b.low), Math.max(a.high, b.high)];
  const error = Math.max(a.error, b.error);
  const name = choose(pool.stream, ["maximum", "minimum"] as const);
  return { tensor: ops[name](a.tensor, b.tensor), low, high, error };
};

const comparison: Growth = (pool) => {
  const a = pick(pool, (entry) => isNumber(entry) && entry.error === 0);
  if (a === undefined) return undefined;
  const b = partnerOf(pool, a);
  if (b.error !== 0) return undefined;
  const name = choose(pool.stream, ["less", "equal"] as const);
  return { tensor: ops[name](a.tensor, b.tensor), low: 0, high: 1, error: 0 };
};

const selection: Growth = (pool) => {
  const condition = pick(pool, ({ tensor }) => tensor.dtype === "bool");
  if (condition === undefined) return undefined;
  const { shape } = condition.tensor;
  const a =
    pick(pool, (entry) => isNumber(entry) && entry.tensor.shape.join() === shape.join()) ??
    variableLike(pool, "float32", shape);
  const b = partnerOf(pool, a);
  return {
    tensor: ops.select(condition.tensor, a.tensor, b.tensor),
    low: Math.min(a.low, b.low),
    high: Math.max(a.high, b.high),
    error: Math.max(a.error, b.error),
  };
};

const conversion: Growth = (pool) => {
  const x = pick(pool, (entry) => !isFloat(entry) || entry.error === 0);
  if (x === undefined) return undefined;
  const dtype = isFloat(x) ? "int32" : choose(pool.stream, ["float32", "int32"] as const);
  return { ...x, tensor: ops.cast(x.tensor, dtype) };
};

const view: Growth = (pool) => {
  const x = pick(pool, () => true);
  if (x === undefined) return undefined;
  const make = choose(pool.stream, [reshaped, transposed, repeated]);
  const tensor = make(pool, x.tensor);
  return sizeOf(tensor.shape) > LARGEST_TENSOR ? undefined : { ...x, tensor };
};

function reshaped({ stream }: Pool, x: Tensor): Tensor {
  const size = sizeOf(x.shape);
  const reversed = [...x.shape].reverse();
  return ops.reshape(x, choose<Shape>(stream, [[size], [1, size], [...x.shape, 1], reversed]));
}

function transposed({ stream }: Pool, x: Tensor): Tensor {
  return ops.transpose(x, [...stream.permutation(x.shape.length)]);
}

/** With one or two more axes, anywhere. */
function repeated({ stream }: Pool, x: Tensor): Tensor {
  const rank = x.shape.length + 1 + stream.below(2);
  const axes = [...stream.permutation(rank).slice(0, x.shape.length)].sort((a, b) => a - b);
  const shape = Array.from({ length: rank }, (_, axis) =>
    axes.includes(axis) ? x.shape[axes.indexOf(axis)] : 1 + stream.below(4),
  );
  return primitives.broadcast(x, { shape, axes });
}

const gather: Growth = (pool) => {
  const table = pick(pool, ({ tensor }) => tensor.shape.length > 0);
  if (table === undefined) return undefined;
  const range = [0, table.tensor.shape[0] - 1] as const;
  const shape = [1 + pool.stream.below(6)];
  const rows = addVariable(pool, { shape, dtype: "int32", range });
  pool.fixed.add(rows.tensor);
  return { ...table, tensor: ops.gatherRows(table.tensor, rows.tensor) };
};

const scatter: Growth = (pool) => {
  const x = pick(pool, (entry) => isFloat(entry) && entry.tensor.shape.length > 0);
  if (x === undefined) return undefined;
  const [count] = x.tensor.shape;
  const size = 1 + pool.stream.below(4);
  const rows = addVariable(pool, { shape: [count], dtype: "int32", range: [0, size - 1] });
  pool.fixed.add(rows.tensor);
  return {
    tensor: primitives.scatterRows(x.tensor, rows.tensor, { size }),
    low: Math.min(0, count * x.low),
    high: Math.max(0, count * x.high),
    error: count * x.error + count * count * sizeOfEntry(x) * ROUNDING,
  };
};

const reduction: Growth = (pool) => {
  const x = pick(pool, (entry) => isNumber(entry) && entry.tensor.shape.length > 0);
  if (x === undefined) return undefined;
  const { shape } = x.tensor;
  const axes = [...pool.stream.permutation(shape.length)].slice(pool.stream.below(shape.length));
  if (pool.stream.below(3) === 0) return { ...x, tensor: ops.max(x.tensor, axes) };
  const count = axes.reduce((product, axis) => product * shape[axis], 1);
  const rounding = isFloat(x) ? count * count * sizeOfEntry(x) * ROUNDING : 0;
  return {
    tensor: ops.sum(x.tensor, axes),
    low: count * x.low,
    high: count * x.high,
    error: count * x.error + rounding,
  };
};

const matrixProduct: Growth = (pool) => {
  const { stream } = pool;
  const a = pick(pool, (entry) => isFloat(entry) && entry.tensor.shape.length === 2);
  if (a === undefined) return undefined;
  const [transposeA, transposeB] = [stream.below(2) === 0, stream.below(2) === 0];
  const inner = a.tensor.shape[transposeA ? 0 : 1];
  const columns = choose(stream, [1, 3, 4, 5, 9]);
  const fits = ({ tensor: { shape, dtype } }: Entry): boolean =>
    dtype === "float32" && shape.length === 2 && shape[transposeB ? 1 : 0] === inner;
  const shape = transposeB ? [columns, inner] : [inner, columns];
  const b = pick(pool, fits) ?? variableLike(pool, "float32", shape);
  const size = inner * sizeOfEntry(a) * sizeOfEntry(b);
  const carried = inner * (a.error * sizeOfEntry(b) + b.error * sizeOfEntry(a));
  return {
    tensor: ops.matMul(a.tensor, b.tensor, { transposeA, transposeB }),
    low: -size,
    high: size,
    error: carried + inner * size * ROUNDING,
  };
};

const positions: Growth = ({ stream }) => {
  const shape = choose<Shape>(stream, [[5], [3, 4], [2, 3, 4]]);
  const tensor = ops.iota(shape, stream.below(shape.length));
  return { tensor, low: 0, high: 4, error: 0 };
};

function bitsFor({ stream, ...pool }: Pool, shape: Shape): Tensor {
  const range = [0, 1000] as const;
  const counter = addVariable({ stream, ...pool }, { shape: [], dtype: "int32", range });
  return ops.randomBits(counter.tensor, { shape, key: [stream.uint32(), stream.uint32()] });
}

const bits: Growth = (pool) => {
  const shape = choose<Shape>(pool.stream, [[], [17], [3, 5], [2, 20]]);
  return { tensor: bitsFor(pool, shape), low: 0, high: 65535, error: 0 };
};

/** relu, then dropout: the pattern whose masks the compiler recovers. */
const droppedRelu: Growth = (pool) => {
  const x = pick(pool, isFloat);
  if (x === undefined) return undefined;
  const { shape } = x.tensor;
  const keep = ops.less(bitsFor(pool, shape), repeat(ops.constant(40_000, "int32"), shape));
  const scale = choose(pool.stream, [1, 1.25, 2]);
  const tensor = ops.select(keep, ops.multiply(ops.relu(x.tensor), scale), 0);
  const high = Math.max(0, x.high) * scale;
  return { tensor, low: 0, high, error: x.error * scale + high * ROUNDING };
};

export const growths: readonly Growth[] = [
  ...[
    smooth,
    smooth,
    smooth,
    ofPositive,
    signChange,
    stopped,
    sum,
    sum,
    product,
    product,
    quotient,
  ],
  ...[
    extreme,
    comparison,
    comparison,
    selection,
    selection,
    conversion,
    view,
    view,
    gather,
    scatter,
  ],
  ...[reduction, reduction, matrixProduct, matrixProduct, positions, bits, droppedRelu],
  ...[convolution, convolution, pooling, pooling, pooling],
];
