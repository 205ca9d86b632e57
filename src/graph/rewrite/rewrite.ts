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
  const results = new Map<Tensor, Tensor>();
  const resultOf = (tensor: Tensor): Tensor => results.get(tensor) ?? tensor;
  for (const original of topologicalOrder(roots)) {
    const rebuilt = withInputs(original, original.inputs.map(resultOf));
    results.set(
      original,
      rules.reduce((node, rule) => rule(node, original), rebuilt),
    );
  }
  return roots.map(resultOf);
}

function withInputs(node: Tensor, inputs: readonly Tensor[]): Tensor {
  const unchanged = inputs.every((input, index) => input === node.inputs[index]);
  return unchanged ? node : apply(node.op, inputs, node.attributes);
}
