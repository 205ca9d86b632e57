/**
 * @file The pass that computes equal things once: nodes of the same operation, inputs and attributes
 * become one. Random bits are a function of key, shape and counter, hence shared like all else; only
 * variables, which have identity, are not.
 */
import { isVariable } from "../ops/variable.js";
import type { Tensor } from "../tensor.js";
import { rewrite } from "./rewrite.js";

export function shareSubexpressions(roots: readonly Tensor[]): Tensor[] {
  const numbers = new Map<Tensor, number>();
  const known = new Map<string, Tensor>();
  const numberOf = (node: Tensor): number => {
    const number = numbers.get(node) ?? numbers.size;
    numbers.set(node, number);
    return number;
  };
  const share = (node: Tensor): Tensor => {
    if (isVariable(node)) return node;
    const key = `${node.op.name} ${node.inputs.map(numberOf).join()} ${attributesKey(node)}`;
    const first = known.get(key) ?? node;
    known.set(key, first);
    return first;
  };
  return rewrite(roots, [share]);
}

/** Equal for equal attributes. JSON would write NaN and the infinities as null, and -0 as 0. */
export function attributesKey({ attributes }: Tensor): string {
  let key = "";
  for (const [name, value] of Object.entries(attributes)) key += `${name}=${textOf(value)};`;
  return key;
}

function textOf(value: unknown): string {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  return Array.isArray(value) ? `[${value.map(textOf).join()}]` : JSON.stringify(value);
}
