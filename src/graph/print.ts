/** @file Prints a graph for people: one numbered line a node, inputs before what uses them. */
import { sameShape, describeTensor, topologicalOrder, type Tensor } from "./tensor.js";

/**
 * The nodes that the roots reach, and the roots' own numbers in the last line.
 *
 * @example
 * %0 = variable {name: x} [128, 784] float32
 * %1 = variable {name: w} [512, 784] float32
 * %2 = matMul(%0, %1) {transposeB} [128, 512] float32
 * return %2
 */
export function printGraph(roots: readonly Tensor[]): string {
  const order = topologicalOrder(roots);
  const numbers = new Map(order.map((node, index) => [node, `%${index}`]));
  const names = (nodes: readonly Tensor[]): string =>
    nodes.map((node) => numbers.get(node)).join(", ");
  const lines = order.map((node) => {
    const inputs = node.inputs.length === 0 ? "" : `(${names(node.inputs)})`;
    return `${names([node])} = ${node.op.name}${inputs}${printAttributes(node)} ${describeTensor(node)}`;
  });
  return [...lines, `return ${names(roots)}`].join("\n");
}

/** Shape and dtype end the line anyway; a flag is named when it is set. */
function printAttributes(node: Tensor): string {
  const parts = Object.entries(node.attributes).flatMap(([name, value]: [string, unknown]) => {
    if (value === false || value === node.dtype) return [];
    if (name === "shape" && sameShape(value as number[], node.shape)) return [];
    return value === true ? name : `${name}: ${printValue(value)}`;
  });
  return parts.length === 0 ? "" : ` {${parts.join(", ")}}`;
}

function printValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.join(", ")}]`;
  return Object.is(value, -0) ? "-0" : String(value);
}
