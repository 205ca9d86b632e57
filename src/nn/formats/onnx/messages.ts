/**
 * @file The messages of an ONNX file. Field numbers are those of onnx.proto of ONNX 1.16.
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
import type { DType, Shape } from "../../../graph/index.js";
import {
  bytesField,
  concatenate,
  floatField,
  integerField,
  integersField,
  textField,
  type Bytes,
} from "./protobuf.js";

/** ONNX's numbers for element types. */
export const ELEMENT_TYPES: Readonly<Record<DType | "int64", number>> = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
};

const ATTRIBUTE = { float: 1, integer: 2, integers: 7 } as const;

/** A whole number, several of them, or a float. */
export type Attribute = number | readonly number[] | { readonly float: number };

export interface NodeFields {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

export interface TensorFields {
  readonly name: string;
  readonly shape: Shape;
  readonly values: Float32Array | Int32Array | BigInt64Array | Uint8Array;
  readonly type: keyof typeof ELEMENT_TYPES;
}

export interface ValueFields {
  readonly name: string;
  readonly type: DType;
  /** Sizes, or names for sizes that the file leaves open. */
  readonly shape: readonly (number | string)[];
}

function attribute(name: string, value: Attribute): Bytes {
  const named = textField(1, name);
  if (typeof value === "number") {
    return concatenate([named, integerField(3, value), integerField(20, ATTRIBUTE.integer)]);
  }
  if ("float" in value) {
    return concatenate([named, floatField(2, value.float), integerField(20, ATTRIBUTE.float)]);
  }
  return concatenate([named, integersField(8, value), integerField(20, ATTRIBUTE.integers)]);
}

function node({ op, inputs, output, attributes = {} }: NodeFields): Bytes {
  return concatenate([
    ...inputs.map((input) => textField(1, input)),
    textField(2, output),
    textField(3, output),
    textField(4, op),
    ...Object.entries(attributes).map(([name, value]) => bytesField(5, attribute(name, value))),
  ]);
}

function tensor({ name, shape, values, type }: TensorFields): Bytes {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return concatenate([
    integersField(1, shape),
    integerField(2, ELEMENT_TYPES[type]),
    textField(8, name),
    bytesField(9, raw),
  ]);
}

function value({ name, type, shape }: ValueFields): Bytes {
  const dimensions = shape.map((size) =>
    bytesField(1, typeof size === "number" ? integerField(1, size) : textField(2, size)),
  );
  const tensorType = concatenate([
    integerField(1, ELEMENT_TYPES[type]),
    bytesField(2, concatenate(dimensions)),
  ]);
  return concatenate([textField(1, name), bytesField(2, bytesField(1, tensorType))]);
}

export interface ModelFields {
  readonly nodes: readonly NodeFields[];
  readonly initializers: readonly TensorFields[];
  readonly input: ValueFields;
  readonly output: ValueFields;
}

/** The version of ONNX's operators that nodes are written for; onnxruntime 1.13 and later read it. */
const OPERATOR_SET = 17;
const FORMAT_VERSION = 8;

/** The bytes of a file. */
export function encodeModel({ nodes, initializers, input, output }: ModelFields): Bytes {
  const graph = concatenate([
    ...nodes.map((fields) => bytesField(1, node(fields))),
    textField(2, "holdout"),
    ...initializers.map((fields) => bytesField(5, tensor(fields))),
    bytesField(11, value(input)),
    bytesField(12, value(output)),
  ]);
  return concatenate([
    integerField(1, FORMAT_VERSION),
    textField(2, "holdout"),
    bytesField(7, graph),
    bytesField(8, concatenate([textField(1, ""), integerField(2, OPERATOR_SET)])),
  ]);
}
