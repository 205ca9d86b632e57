/** @file The rules of the graph; tests check them after each rewrite. */
import { InternalError } from "../util/index.js";
import { operations } from "./ops/index.js";
import { printGraph } from "./print.js";
import {
  describeTensor,
  sameShape,
  topologicalOrder,
  type DType,
  type Shape,
  type Tensor,
} from "./tensor.js";

const DTYPES: readonly DType[] = ["float32", "int32", "uint8", "bool"];

/** A rule: what is wrong with a node, or undefined. */
type Check = (node: Tensor) => string | undefined;

const isKnown: Check = ({ op }) =>
  operations.includes(op) ? undefined : `${op.name} is not one of the operations`;

const hasSizes: Check = ({ shape }) =>
  shape.every((size) => Number.isInteger(size) && size > 0)
    ? undefined
    : "sizes must be whole numbers of at least 1";

const hasDType: Check = ({ dtype }) =>
  DTYPES.includes(dtype) ? undefined : `${dtype} is not a dtype`;

const isFrozen: Check = (node) => {
  const values = Object.values(node.attributes) as unknown[];
  const parts = [node, node.inputs, node.shape, node.attributes, ...values];
  return parts.every((part) => Object.isFrozen(part))
    ? undefined
    : "a node and its parts must be frozen";
};

/** Attributes are compared, printed and hashed by value: numbers, texts, flags, and lists of them. */
const hasPlainAttributes: Check = ({ attributes }) => {
  const values = Object.values(attributes).flat() as unknown[];
  const plain = values.every((value) => ["number", "string", "boolean"].includes(typeof value));
  return plain ? undefined : "attributes must be numbers, strings, booleans or lists of them";
};

/** Holds an op to its own shape rule, which also checks its attributes against its inputs. */
const followsShapeRule: Check = ({ op, inputs, attributes, shape, dtype }) => {
  let inferred: { shape: Shape; dtype: DType };
  try {
    inferred = op.infer(inputs, attributes);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return sameShape(inferred.shape, shape) && inferred.dtype === dtype
    ? undefined
    : `must be ${describeTensor(inferred)}`;
};

const CHECKS = [isKnown, hasSizes, hasDType, hasPlainAttributes, isFrozen, followsShapeRule];

/**
 * Throws unless the graph is well formed: no cycles; known operations; each node's shape and dtype
 * what its operation infers from its inputs and attributes; everything frozen.
 *
 * @throws InternalError with the first broken rule and the printed graph
 */
export function verify(roots: readonly Tensor[]): void {
  topologicalOrder(roots).forEach((node, index) => {
    for (const check of CHECKS) {
      const fault = check(node);
      if (fault === undefined) continue;
      throw new InternalError(`Graph: %${index} ${node.op.name}: ${fault}.`, printGraph(roots));
    }
  });
}
