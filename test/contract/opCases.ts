/** @file Cases for every primitive: the shapes, axes and dtypes at which a kernel may go wrong. */
import {
  operations,
  primitives,
  type BinaryName,
  type ComparisonName,
  type DType,
  type Shape,
  type Tensor,
  type UnaryName,
} from "../../src/graph/index.js";
import { ALL_DTYPES, input, RANGES, SHAPES, show, type OpCase } from "./caseParts.js";
import { products, reductions } from "./sumCases.js";
import { APPROXIMATE, EXACT, SUMMED, type Tolerance } from "./values.js";
import { broadcasts, gathers, reshapes, scatters, transposes } from "./viewCases.js";
import { windowCases } from "./windowCases.js";

export type { OpCase } from "./caseParts.js";

/** The declared interval for float32; whole numbers have the same one for all operations. */
function rangeOf(name: string, dtype: DType): readonly [number, number] {
  const samples = operations.find((op) => op.name === name)?.samples;
  return (dtype === "float32" ? samples?.range : undefined) ?? RANGES[dtype];
}

interface Elementwise {
  readonly name: string;
  readonly arity: number;
  readonly dtypes?: readonly DType[];
  readonly tolerance?: Tolerance;
  readonly quantum?: number;
}

/** All shapes of all dtypes. */
function elementwise(build: OpCase["build"], options: Elementwise): OpCase[] {
  const { name, arity, dtypes = ["float32"], tolerance = EXACT, quantum } = options;
  return dtypes.flatMap((dtype) =>
    SHAPES.map((shape) => {
      const spec = input(shape, dtype, rangeOf(name, dtype));
      const drawn = quantum === undefined ? spec : { ...spec, quantum };
      const inputs = Array.from({ length: arity }, () => drawn);
      return { title: `${show(shape)} ${dtype}`, inputs, build, tolerance };
    }),
  );
}

const unary = (name: UnaryName, dtypes: readonly DType[] = ["float32"]): OpCase[] =>
  elementwise(([x]) => primitives[name](x), {
    name,
    arity: 1,
    dtypes,
    tolerance: ["absolute", "negate", "sqrt"].includes(name) ? EXACT : APPROXIMATE,
  });

const binary = (name: BinaryName, dtypes: readonly DType[] = ["float32", "int32"]): OpCase[] =>
  elementwise(([a, b]) => primitives[name](a, b), { name, arity: 2, dtypes });

/** Over multiples of 1/2 and over whole numbers, so that equal values occur. */
const comparison = (name: ComparisonName): OpCase[] => [
  ...elementwise(([a, b]) => primitives[name](a, b), { name, arity: 2, quantum: 0.5 }),
  ...elementwise(([a, b]) => primitives[name](a, b), { name, arity: 2, dtypes: ["int32"] }),
];

const selects = ALL_DTYPES.flatMap((dtype) =>
  SHAPES.map((shape) => ({
    title: `${show(shape)} ${dtype}`,
    inputs: [input(shape, "bool"), input(shape, dtype), input(shape, dtype)],
    build: ([condition, a, b]: readonly Tensor[]) => primitives.select(condition, a, b),
    tolerance: EXACT,
  })),
);

const casts = ALL_DTYPES.flatMap((from) =>
  (["float32", "int32"] as const).flatMap((to) =>
    elementwise(([x]) => primitives.cast(x, to), { name: "cast", arity: 1, dtypes: [from] }).map(
      (one) => ({ ...one, title: `${one.title} to ${to}` }),
    ),
  ),
);

const CONSTANTS: readonly (readonly [number, DType])[] = [
  [0.1, "float32"],
  [-0, "float32"],
  [NaN, "float32"],
  [-Infinity, "float32"],
  [1e-40, "float32"],
  [-(2 ** 31), "int32"],
  [255, "uint8"],
  [1, "bool"],
];
const constants = CONSTANTS.map(([value, dtype]) => ({
  title: `${value} ${dtype}`,
  inputs: [],
  build: () => primitives.constant(value, dtype),
  tolerance: EXACT,
}));

const iotas = SHAPES.flatMap((shape) =>
  shape.map((_, axis) => ({
    title: `${show(shape)} along ${axis}`,
    inputs: [],
    build: () => primitives.iota(shape, axis),
    tolerance: EXACT,
  })),
);

/** Around a group of 16 columns, and more than one of them. */
const randomShapes: readonly Shape[] = [...SHAPES, [15], [16], [3, 16], [5, 47], [2, 3, 64]];
const randoms = randomShapes.flatMap((shape) =>
  [0, 1, 2 ** 31 - 1, -1].map((counter) => ({
    title: `${show(shape)} at counter ${counter}`,
    inputs: [input([], "int32", [counter, counter])],
    build: ([x]: readonly Tensor[]) =>
      primitives.randomBits(x, { shape, key: [0xdeadbeef, 0x12345678] }),
    tolerance: EXACT,
  })),
);

/** The cases of each primitive, by name; describeOp's test refuses a primitive that has none. */
export const opCases: Readonly<Record<string, readonly OpCase[]>> = {
  absolute: unary("absolute"),
  add: binary("add"),
  broadcast: broadcasts,
  cast: casts,
  constant: constants,
  divide: binary("divide", ["float32"]),
  equal: comparison("equal"),
  erfc: unary("erfc"),
  exp: unary("exp"),
  expm1: unary("expm1"),
  gatherRows: gathers,
  iota: iotas,
  less: comparison("less"),
  log: unary("log"),
  matMul: products,
  maximum: binary("maximum"),
  minimum: binary("minimum"),
  multiply: binary("multiply"),
  negate: unary("negate", ["float32", "int32"]),
  randomBits: randoms,
  reduceMax: reductions("reduceMax", EXACT),
  reduceSum: reductions("reduceSum", SUMMED),
  reshape: reshapes,
  scatterRows: scatters,
  select: selects,
  sigmoid: unary("sigmoid"),
  softplus: unary("softplus"),
  sqrt: unary("sqrt"),
  stopGradient: elementwise(([x]) => primitives.stopGradient(x), {
    name: "stopGradient",
    arity: 1,
    dtypes: ["float32", "int32", "bool"],
  }).map((one) => ({ ...one, stopsGradient: true })),
  subtract: binary("subtract"),
  tanh: unary("tanh"),
  transpose: transposes,
  ...windowCases,
  variable: elementwise(([x]) => x, { name: "variable", arity: 1, dtypes: ALL_DTYPES }),
};
