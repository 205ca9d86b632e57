/** @file What rules ask about a node. */
import { broadcast } from "../ops/broadcast.js";
import { constant, type ConstantAttributes } from "../ops/constant.js";
import type { Operation, Tensor } from "../tensor.js";
import type { Rule } from "./rewrite.js";

/** A rule for the nodes of one operation. */
export function on(op: Operation, rule: Rule): Rule {
  return (node, original) => (node.op === op ? rule(node, original) : node);
}

/** The value of a tensor that is one constant everywhere: a constant, or a broadcast of one. */
export function uniformValue(tensor: Tensor): number | undefined {
  const source = tensor.op === broadcast ? tensor.inputs[0] : tensor;
  return source.op === constant ? (source.attributes as ConstantAttributes).value : undefined;
}

/** Whether a tensor is `value` everywhere; 0 and -0 are told apart. */
export function isUniform(tensor: Tensor, value: number): boolean {
  return Object.is(uniformValue(tensor), value);
}
