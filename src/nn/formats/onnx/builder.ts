/** @file Collects the nodes and constants of an ONNX graph, and names their results. */
import type { Attribute, NodeFields, TensorFields } from "./messages.js";

/** A size that depends on the number of rows: `size` of them, or of its multiples, for each row. */
export interface RowSize {
  readonly perRow: number;
}

/** Each size of a shape: a number, or one that grows with the rows. */
export type OpenShape = readonly (number | RowSize)[];

export interface Builder {
  /** Adds a node and gives the name of its result. */
  readonly node: (
    op: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, Attribute>>,
  ) => string;
  /** Adds a constant and gives its name. */
  readonly constant: (fields: Omit<TensorFields, "name">) => string;
  readonly integers: (values: readonly number[]) => string;
  /** The name of a tensor that holds a shape. */
  readonly shape: (shape: OpenShape) => string;
  readonly nodes: readonly NodeFields[];
  readonly initializers: readonly TensorFields[];
}

/** @param input - the name of the network's input, whose first axis is the rows */
export function createBuilder(input: string): Builder {
  const nodes: NodeFields[] = [];
  const initializers: TensorFields[] = [];
  const known = new Map<string, string>();
  let count = 0;
  const constant: Builder["constant"] = (fields) => {
    const name = `constant_${initializers.length}`;
    initializers.push({ ...fields, name });
    return name;
  };
  const node: Builder["node"] = (op, inputs, attributes) => {
    const output = `${op.toLowerCase()}_${count++}`;
    nodes.push({ op, inputs, output, ...(attributes && { attributes }) });
    return output;
  };
  const once = (key: string, make: () => string): string => {
    const name = known.get(key) ?? make();
    known.set(key, name);
    return name;
  };
  const integers: Builder["integers"] = (values) =>
    once(`integers ${values.join(" ")}`, () =>
      constant({
        shape: [values.length],
        type: "int64",
        values: BigInt64Array.from(values, BigInt),
      }),
    );
  /** How many rows the input has, as a list of one number. */
  const rows = (): string => once("rows", () => node("Shape", [input], { start: 0, end: 1 }));
  const sizeOf = (size: number | RowSize): string =>
    typeof size === "number"
      ? integers([size])
      : once(`per row ${size.perRow}`, () => node("Mul", [rows(), integers([size.perRow])]));
  return {
    node,
    constant,
    integers,
    shape: (shape) =>
      shape.every((size) => typeof size === "number")
        ? integers(shape)
        : node("Concat", shape.map(sizeOf), { axis: 0 }),
    nodes,
    initializers,
  };
}
