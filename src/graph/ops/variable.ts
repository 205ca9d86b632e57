/** @file variable: a named place in memory whose value outlives a program's run: data, weights, counters. */
import { UsageError } from "../../util/index.js";
import { requireSizes, type DType, type Operation, type Shape, type Tensor } from "../tensor.js";

/** What a variable is for. It changes no result: reports of memory group by it. */
export type VariablePurpose = "weights" | "optimizer" | "data" | "other";

export interface VariableAttributes {
  readonly name: string;
  /** Default "other": counters, sums. */
  readonly purpose?: VariablePurpose;
  readonly shape: Shape;
  readonly dtype: DType;
}

/** A source node with identity: two variables of one name are two places. It starts as zeros. */
export type Variable = Tensor<VariableAttributes>;

export const variable: Operation<"variable"> = {
  name: "variable",
  kind: "source",
  infer: (_, attributes) => {
    const { name, shape, dtype } = attributes as VariableAttributes;
    requireSizes(`variable ${name}`, shape);
    return { shape, dtype };
  },
  reference: (_, node) => {
    const { name } = node.attributes as VariableAttributes;
    throw new UsageError(`variable ${name}: a value must be given to evaluate it.`);
  },
};

/** Whether a node is a variable: the one kind of node that has identity and is never rebuilt. */
export const isVariable = (tensor: Tensor): tensor is Variable => tensor.op === variable;
