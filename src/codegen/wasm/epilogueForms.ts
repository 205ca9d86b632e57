/** @file What may be stored in pairs of vectors after a product, in functions of their own: for a check of a compiler. */
import type { DType } from "../../graph/index.js";
import { InternalError } from "../../util/index.js";
import type { Buffer, Expression, LoadExpression, ProductKernel, Store } from "../kernel.js";
import { byteSize, rowStride } from "../layout.js";
import type { Target } from "./math.js";
import type { JoinedName } from "./pairs.js";
import { printEpilogue } from "./product/epilogue.js";
import type { Form } from "./tileForms.js";

/** Whole pairs, and a rest of one vector and a half. */
const SPACE = [3, 22] as const;

/** Where the strip lies, and after it the arrays that are read and written. */
const STRIP = 0;
const FIRST_ARRAY = 2 ** 12;

const arrayOf = (name: string, dtype: DType = "float32"): Buffer => {
  return { role: "variable", name, shape: SPACE, dtype };
};
const arrays = {
  x: arrayOf("x"),
  y: arrayOf("y"),
  counts: arrayOf("counts", "int32"),
  otherCounts: arrayOf("other counts", "int32"),
  result: arrayOf("result"),
};
const STRIDES = [rowStride(SPACE, "float32"), 1];

const load = (buffer: Buffer, strides: readonly number[] = STRIDES): LoadExpression => {
  return { kind: "load", buffer, strides };
};
const accumulated: Expression = { kind: "accumulated" };
const x = load(arrays.x);
const y = load(arrays.y);
const constant = (value: number): Expression => ({ kind: "constant", value, dtype: "float32" });

function apply(
  name: JoinedName,
  inputs: readonly Expression[],
  operandDType: DType = "float32",
): Expression {
  const isComparison = name === "equal" || name === "less";
  return { kind: "apply", name, inputs, dtype: isComparison ? "bool" : "float32", operandDType };
}
const store = (value: Expression, buffer = arrays.result): Store => {
  return { buffer, value, strides: STRIDES };
};
const choose = (condition: Expression): Store => store(apply("select", [condition, x, y]));

/**
 * Operations one upon the other: V8 (seen in 13.6, Node 24) joins pairs only where more than three or four
 * instructions are saved, and what it does not join is not checked.
 */
const times = (value: Expression, around: (value: Expression) => Expression): Store[] => [
  store(around(around(around(value)))),
];
const unary = (name: JoinedName): Store[] => times(accumulated, (value) => apply(name, [value]));
const binary = (name: JoinedName, other: Expression = x): Store[] =>
  times(accumulated, (value) => apply(name, [value, other]));

const ofOperations: Readonly<Record<JoinedName, Store[]>> = {
  absolute: unary("absolute"),
  add: binary("add"),
  divide: binary("divide"),
  equal: [choose(apply("equal", [apply("maximum", [accumulated, x]), x]))],
  less: [choose(apply("less", [accumulated, x]))],
  maximum: binary("maximum"),
  minimum: binary("minimum"),
  multiply: binary("multiply"),
  negate: unary("negate"),
  select: [choose(apply("less", [constant(0), y]))],
  sqrt: unary("sqrt"),
  subtract: binary("subtract"),
};

const counts = load(arrays.counts);
const otherCounts = load(arrays.otherCounts);
const larger = apply("maximum", [counts, otherCounts], "int32");
/** The moving averages of an optimizer, and the weight that both change. */
const average = apply("add", [apply("multiply", [x, constant(0.9)]), accumulated]);
const square = apply("add", [
  apply("absolute", [y]),
  apply("multiply", [accumulated, accumulated]),
]);
const step = apply("divide", [average, apply("sqrt", [square])]);

const forms: Readonly<Record<string, Store[]>> = {
  ...ofOperations,
  "equal, of whole numbers": [choose(apply("equal", [larger, counts], "int32"))],
  "less, of whole numbers": [choose(apply("less", [counts, otherCounts], "int32"))],
  "multiply, by one number": binary("multiply", load(arrays.x, [0, 0])),
  "add, of a column's number": binary("add", load(arrays.x, [0, 1])),
  "add, of a row's number": binary("add", load(arrays.x, [1, 0])),
  "update, in place": [
    store(apply("subtract", [load(arrays.result), step])),
    store(average, arrays.x),
    store(square, arrays.y),
  ],
};

const addresses = new Map(
  Object.values(arrays).map((buffer, i) => [
    buffer,
    FIRST_ARRAY + i * byteSize(SPACE, buffer.dtype),
  ]),
);

/** One function for each operation, and for each way to read and to store. */
export function epilogueForms(prefix: string, target: Target): Form[] {
  const machine = {
    target,
    addressOf: (buffer: Buffer) => addresses.get(buffer) ?? Number.NaN,
    addressOfKey: () => {
      throw new InternalError("Nothing here is random.");
    },
  };
  return Object.entries(forms).map(([title, stores]) => {
    const name = `${title}, after a product`;
    const operand = { buffer: arrays.x, outerStride: 1, innerStride: 1 };
    const kernel: ProductKernel = {
      ...{ kind: "product", space: SPACE, inner: 1, a: operand, b: operand, stores },
    };
    const strip = { outer: 0, size: SPACE[0], row: STRIDES[0] * 4 } as const;
    const body = printEpilogue(kernel, prefix + name, { machine, strip });
    return { name, body, parameters: [0, STRIP] };
  });
}
