/** @file The driver of all rewrites: local rules, applied to every node after its inputs. */
import { apply, topologicalOrder, type Tensor } from "../tensor.js";

/**
 * A local rule: an equal tensor for a node, or the node itself where the rule does not fit. The
 * node's inputs are already rewritten; `original` is what it was before the sweep, for rules that
 * know something about the program as a whole.
 *
 * Rules are exact: on the float64 judge the result has the same bits for every input, including
 * NaN, the infinities and -0. Hence x * 0, x - x and (for float32) x + 0 stay as they are, and no
 * sum or product is reassociated.
 */
export type Rule = (node: Tensor, original: Tensor) => Tensor;

/**
 * Applies the rules once to every node that the roots reach, inputs first, and returns the new
 * roots in order. Whatever the new roots do not reach is thereby dropped: there is no other pass
 * for dead code. Nodes to which nothing happens keep their identity, and so do all variables.
 */
export function rewrite(roots: readonly Tensor[], rules: readonly Rule[]): Tensor[] {
  const replaced = new Map<Tensor, Tensor>();
  const resultOf = (tensor: Tensor): Tensor => replaced.get(tensor) ?? tensor;
  for (const original of topologicalOrder(roots)) {
    let node = withInputs(original, resultOf);
    for (const rule of rules) node = rule(node, original);
    if (node !== original) replaced.set(original, node);
  }
  return roots.map(resultOf);
}

function withInputs(node: Tensor, resultOf: (input: Tensor) => Tensor): Tensor {
  const unchanged = node.inputs.every((input) => resultOf(input) === input);
  return unchanged ? node : apply(node.op, node.inputs.map(resultOf), node.attributes);
}

/** Whether a sweep found nothing to do. */
export function sameTensors(after: readonly Tensor[], before: readonly Tensor[]): boolean {
  return after.every((tensor, index) => tensor === before[index]);
}
